// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.proto.NodeDef;

/** Recognises nodes by their inputs that are constants. */
public final class ConstantInputs {

  private ConstantInputs() {}

  /** Whether a node takes index 0 of axis 1 of its first input. */
  public static boolean isGatherOfFirst(TensorFlowGraph graph, String node) {
    NodeDef definition = graph.get(node);
    List<String> inputs = graph.inputsOf(node);
    return definition.getOp().equals("GatherV2")
        && isScalar(graph, inputs.get(1), 0)
        && isScalar(graph, inputs.get(2), 1);
  }

  private static boolean isScalar(TensorFlowGraph graph, String output, long value) {
    NodeDef node = graph.get(TensorFlowGraph.node(output));
    if (!node.getOp().equals("Const")) {
      return false;
    }
    ConstantValue constant = ConstantValue.of(node);
    return constant.shape().isEmpty() && Arrays.equals(constant.longs(), new long[] {value});
  }
}
