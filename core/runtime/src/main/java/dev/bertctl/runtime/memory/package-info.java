// SPDX-License-Identifier: Apache-2.0
/**
 * How much memory training takes, before it begins, and how much there is.
 *
 * <p>The estimate is counted from what the encoder's graph holds: an array that a backward pass
 * reads is in memory from its forward on. Letters as in {@link dev.bertctl.runtime.encoder}: N
 * sequences, T tokens, R = N·T, H hidden size, I intermediate size, A heads, V vocabulary.
 */
package dev.bertctl.runtime.memory;
