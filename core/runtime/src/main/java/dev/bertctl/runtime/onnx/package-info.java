// SPDX-License-Identifier: Apache-2.0
/**
 * From a task's model to an ONNX graph: the encoder is written out, in operators that ONNX Runtime
 * has one kernel each for or in standard ones; the head, which a plugin may have made, is converted
 * from TensorFlow's graph, node by node.
 */
package dev.bertctl.runtime.onnx;
