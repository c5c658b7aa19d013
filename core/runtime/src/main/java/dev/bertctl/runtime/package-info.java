// SPDX-License-Identifier: Apache-2.0
/**
 * What computes, and all that a program needs that embeds it: no configuration file, no downloads,
 * no search for plugins. One folder a concern:
 *
 * <ul>
 *   <li>{@code huggingface}: a model folder, read and written
 *   <li>{@code weights}: the file formats of weights, and the account of each weight
 *   <li>{@code tokenize}: texts to word pieces
 *   <li>{@code packing}: word pieces to sequences, features and batches
 *   <li>{@code encoder}: BERT as a TensorFlow graph, one file a part
 *   <li>{@code graph}: the whole computation: encoder, head, loss, optimizer
 *   <li>{@code training}: the learning-rate schedule and the training loop
 *   <li>{@code evaluation}: logits to predictions and scores
 *   <li>{@code explain}: which words a prediction comes from
 *   <li>{@code tensorflow}: TensorFlow's native library, the device, sessions
 *   <li>{@code files}: files and folders that are whole or not there
 *   <li>{@code json}: JSON documents and lines, read with limits
 * </ul>
 *
 * <p>Letters used in every comment on shapes: B batch, C choices (sequences of one feature), T
 * tokens (word pieces), H hidden size, A attention heads, L labels, N rows of B times C.
 */
package dev.bertctl.runtime;
