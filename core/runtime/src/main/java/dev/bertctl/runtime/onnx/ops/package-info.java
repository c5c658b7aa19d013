// SPDX-License-Identifier: Apache-2.0
/** From TensorFlow's operations to ONNX operators, one file a kind of operation. */
package dev.bertctl.runtime.onnx.ops;
