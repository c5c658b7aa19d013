// SPDX-License-Identifier: Apache-2.0
/**
 * What a task plugin compiles against, and nothing else.
 *
 * <p>A task is a {@link dev.bertctl.spi.TaskPlugin}, found by {@link java.util.ServiceLoader}. It
 * declares how examples are read, how they are packed into the encoder's input, which head stands
 * on the encoder, how its outputs become predictions, and which metric judges them. Everything else
 * (configuration, tokenising, batching, training, saving) is done by the host.
 *
 * <p>Letters used in every comment on shapes: B batch, C choices (sequences of one feature), T
 * tokens (word pieces), K positions of one feature, M positions of a batch, H hidden size, A
 * attention heads, L labels, V tokens of the vocabulary, N rows of B times C.
 *
 * <p>Nothing in this API is ever {@code null}, neither what it takes nor what it returns.
 */
package dev.bertctl.spi;
