// SPDX-License-Identifier: Apache-2.0
/**
 * The whole computation in one TensorFlow graph: encoder, pooler, the task's head, loss, and the
 * training step. The training and the inference computation stand side by side and share their
 * variables.
 */
package dev.bertctl.runtime.graph;
