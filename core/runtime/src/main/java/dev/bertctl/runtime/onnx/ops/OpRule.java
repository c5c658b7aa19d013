// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import java.util.List;

/** How one of TensorFlow's operations is written in ONNX operators. */
@FunctionalInterface
interface OpRule {

  /**
   * Adds the operators.
   *
   * @return the values of its outputs
   * @throws UnsupportedOpException if there are none for what this node is
   */
  List<String> convert(TensorFlowNode node);
}
