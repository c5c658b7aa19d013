// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.Remedy;

/**
 * Put right what stopped the run, and go on with it.
 *
 * @param step steps done at its last checkpoint
 */
public record GoOnOncePutRight(long step) implements Remedy {}
