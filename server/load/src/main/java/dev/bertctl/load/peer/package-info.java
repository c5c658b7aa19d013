// SPDX-License-Identifier: Apache-2.0
/**
 * The peer that a server is compared with: a classifier in ONNX Runtime behind HTTP, batched by the
 * rules that text-embeddings-inference publishes.
 */
package dev.bertctl.load.peer;
