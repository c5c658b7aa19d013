// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations that reduce axes, and what is normalised over them. */
final class ReductionRules {

  private ReductionRules() {}

  static Map<String, OpRule> all() {
    Map<String, OpRule> rules = new HashMap<>();
    rules.put("Sum", ReductionRules::sum);
    rules.put("Mean", node -> reduce(node, "ReduceMean", node.input(0)));
    rules.put("Max", node -> reduce(node, "ReduceMax", node.input(0)));
    rules.put("Min", node -> reduce(node, "ReduceMin", node.input(0)));
    rules.put("Prod", node -> reduce(node, "ReduceProd", node.input(0)));
    rules.put("EuclideanNorm", node -> reduce(node, "ReduceL2", node.input(0)));
    rules.put("Any", node -> ofBooleans(node, "ReduceMax"));
    rules.put("All", node -> ofBooleans(node, "ReduceMin"));
    rules.put("L2Loss", ReductionRules::halfSumOfSquares);
    rules.put("ArgMax", node -> place(node, "ArgMax"));
    rules.put("ArgMin", node -> place(node, "ArgMin"));
    rules.put("Cumsum", ReductionRules::cumulated);
    rules.put("Softmax", node -> last(node, "Softmax"));
    rules.put("LogSoftmax", node -> last(node, "LogSoftmax"));
    rules.put("SoftmaxCrossEntropyWithLogits", ReductionRules::crossEntropy);
    rules.put("SparseSoftmaxCrossEntropyWithLogits", ReductionRules::sparseCrossEntropy);
    rules.put("TopKV2", ReductionRules::topK);
    return rules;
  }

  private static List<String> sum(TensorFlowNode node) {
    return List.of(
        node.onnx()
            .add(
                "ReduceSum",
                List.of(node.input(0), node.vector(1)),
                Attribute.of("keepdims", node.flag("keep_dims") ? 1 : 0),
                Attribute.of("noop_with_empty_axes", 1)));
  }

  private static List<String> reduce(TensorFlowNode node, String operator, String x) {
    long[] axes = node.integers(1, "axes");
    return List.of(
        axes.length == 0
            ? x
            : node.onnx()
                .add(
                    operator,
                    List.of(x),
                    Attribute.of("axes", axes),
                    Attribute.of("keepdims", node.flag("keep_dims") ? 1 : 0)));
  }

  private static List<String> ofBooleans(TensorFlowNode node, String operator) {
    String numbers = node.cast(node.input(0), DataType.INT32);
    return List.of(node.cast(reduce(node, operator, numbers).get(0), DataType.BOOL));
  }

  private static List<String> halfSumOfSquares(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String squares = onnx.add("ReduceSumSquare", node.inputs(), Attribute.of("keepdims", 0));
    return List.of(onnx.add("Mul", List.of(squares, onnx.number(0.5f))));
  }

  private static List<String> place(TensorFlowNode node, String operator) {
    String place =
        node.onnx()
            .add(
                operator,
                List.of(node.input(0)),
                Attribute.of("axis", node.integers(1, "axis")[0]),
                Attribute.of("keepdims", 0));
    return List.of(
        node.type("output_type") == DataType.INT64
            ? place
            : node.cast(place, node.type("output_type")));
  }

  private static List<String> cumulated(TensorFlowNode node) {
    return List.of(
        node.onnx()
            .add(
                "CumSum",
                List.of(node.input(0), node.longs(1)),
                Attribute.of("exclusive", node.flag("exclusive") ? 1 : 0),
                Attribute.of("reverse", node.flag("reverse") ? 1 : 0)));
  }

  private static List<String> last(TensorFlowNode node, String operator) {
    return List.of(node.onnx().add(operator, node.inputs(), Attribute.of("axis", -1)));
  }

  /** Its second output is the gradient, which inference has no use for. */
  private static List<String> crossEntropy(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String logs = onnx.add("LogSoftmax", List.of(node.input(0)), Attribute.of("axis", -1));
    String products = onnx.add("Mul", List.of(node.input(1), logs));
    String sum =
        onnx.add("ReduceSum", List.of(products, onnx.vector(-1)), Attribute.of("keepdims", 0));
    return List.of(onnx.add("Neg", List.of(sum)));
  }

  private static List<String> sparseCrossEntropy(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String logs = onnx.add("LogSoftmax", List.of(node.input(0)), Attribute.of("axis", -1));
    String column = onnx.add("Unsqueeze", List.of(node.longs(1), onnx.vector(-1)));
    String chosen = onnx.add("GatherElements", List.of(logs, column), Attribute.of("axis", -1));
    return List.of(onnx.add("Neg", List.of(onnx.add("Squeeze", List.of(chosen, onnx.vector(-1))))));
  }

  /** Of equal values both take the one of the lower index first. */
  private static List<String> topK(TensorFlowNode node) {
    List<String> top =
        node.onnx().addWithOutputs(2, "TopK", List.of(node.input(0), node.vector(1)));
    return List.of(top.get(0), node.cast(top.get(1), DataType.INT32));
  }
}
