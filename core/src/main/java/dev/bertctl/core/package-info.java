// SPDX-License-Identifier: Apache-2.0
/**
 * The BERT runtime. One folder a concern:
 *
 * <ul>
 *   <li>{@code config}: app.yaml, overrides, the resolved run configuration
 *   <li>{@code data}: csv, tsv, jsonl, json and text files as a plugin sees them; splits
 *   <li>{@code models}: where pretrained models come from, and their cache
 *   <li>{@code weights}: the file formats of weights, and the account of each weight
 *   <li>{@code tokenize}: texts to word pieces
 *   <li>{@code packing}: word pieces to sequences, features and batches
 *   <li>{@code encoder}: BERT as a TensorFlow graph, one file a part
 *   <li>{@code graph}: the whole computation: encoder, head, loss, optimizer
 *   <li>{@code training}: the learning-rate schedule and the training loop
 *   <li>{@code evaluation}: logits to predictions and scores
 *   <li>{@code tasks}: task plugins, found by ServiceLoader
 *   <li>{@code plugins}: those that users install, each in a class loader of its own
 *   <li>{@code download}: files from Maven repositories and web servers
 *   <li>{@code runtime}: TensorFlow's native library, the device, sessions
 *   <li>{@code files}: files and folders that are whole or not there
 *   <li>{@code json}: JSON documents and lines, read with limits
 *   <li>{@code runs}: the jobs that the commands start, and what they leave behind
 * </ul>
 *
 * <p>Letters used in every comment on shapes: B batch, C choices (sequences of one feature), T
 * tokens (word pieces), H hidden size, A attention heads, L labels, N rows of B times C.
 */
package dev.bertctl.core;
