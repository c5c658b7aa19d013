// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Operations that take elements by their places. */
final class IndexRules {

  private static final long END = Long.MAX_VALUE;

  private IndexRules() {}

  static Map<String, OpRule> all() {
    Map<String, OpRule> rules = new HashMap<>();
    rules.put("Gather", node -> List.of(gather(node, 0)));
    rules.put("ResourceGather", node -> List.of(gather(node, 0)));
    rules.put("GatherV2", IndexRules::gatherV2);
    rules.put(
        "GatherNd",
        node -> List.of(node.onnx().add("GatherND", List.of(node.input(0), node.longs(1)))));
    rules.put(
        "TensorScatterUpdate",
        node ->
            List.of(
                node.onnx()
                    .add("ScatterND", List.of(node.input(0), node.longs(1), node.input(2)))));
    rules.put("ScatterNd", IndexRules::scatter);
    rules.put("Slice", IndexRules::slice);
    rules.put("OneHot", IndexRules::oneHot);
    rules.put("Roll", IndexRules::roll);
    rules.put("ReverseV2", IndexRules::reverse);
    rules.put(
        "Where",
        node ->
            List.of(
                node.onnx()
                    .add(
                        "Transpose",
                        List.of(node.onnx().add("NonZero", node.inputs())),
                        Attribute.of("perm", 1, 0))));
    return rules;
  }

  private static String gather(TensorFlowNode node, long axis) {
    return node.onnx()
        .add("Gather", List.of(node.input(0), node.input(1)), Attribute.of("axis", axis));
  }

  private static List<String> gatherV2(TensorFlowNode node) {
    if (node.integer("batch_dims") != 0) {
      throw node.unsupported("its batch_dims are " + node.integer("batch_dims"));
    }
    return List.of(gather(node, node.integers(2, "axis")[0]));
  }

  /** What is scattered to the same place is added up. */
  private static List<String> scatter(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String zero = node.cast(onnx.integer(0), node.type("T"));
    String zeros = onnx.add("Expand", List.of(zero, node.longs(2)));
    return List.of(
        onnx.add(
            "ScatterND",
            List.of(zeros, node.longs(0), node.input(1)),
            Attribute.of("reduction", "add")));
  }

  private static List<String> slice(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String begin = node.vector(1);
    String size = node.vector(2);
    String ends =
        onnx.add(
            "Where",
            List.of(
                onnx.add("Less", List.of(size, onnx.integer(0))), // the rest
                onnx.integer(END),
                onnx.add("Add", List.of(begin, size))));
    return List.of(onnx.add("Slice", List.of(node.input(0), begin, ends)));
  }

  /** A negative index has a row of nothing; ONNX would count it from the end. */
  private static List<String> oneHot(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    String depth = node.longs(1);
    String indices = node.longs(0);
    String valid =
        onnx.add(
            "Where", List.of(onnx.add("Less", List.of(indices, onnx.integer(0))), depth, indices));
    DataType type = node.type("T");
    String values =
        onnx.add(
            "Concat",
            List.of(asNumber(node, 3), asNumber(node, 2)), // off, on
            Attribute.of("axis", 0));
    String hot =
        onnx.add(
            "OneHot",
            List.of(valid, depth, values),
            Attribute.of("axis", node.has("axis") ? node.integer("axis") : -1));
    return List.of(type == DataType.FLOAT ? hot : node.cast(hot, type));
  }

  private static String asNumber(TensorFlowNode node, int input) {
    String number =
        node.type("T") == DataType.FLOAT
            ? node.input(input)
            : node.cast(node.input(input), DataType.FLOAT);
    return node.onnx().add("Reshape", List.of(number, node.onnx().vector(1)));
  }

  private static List<String> roll(TensorFlowNode node) {
    long[] shifts = node.integers(1, "shift");
    long[] axes = node.integers(2, "axis");
    String x = node.input(0);
    for (int i = 0; i < shifts.length; i++) {
      if (shifts[i] != 0) {
        x = rolled(node.onnx(), x, -shifts[i], axes[i]);
      }
    }
    return List.of(x);
  }

  /** What begins at an index, from the end if it is negative, comes first. */
  private static String rolled(GraphBuilder onnx, String x, long first, long axis) {
    String begin = part(onnx, x, first, END, axis);
    String rest = part(onnx, x, 0, first, axis);
    return onnx.add("Concat", List.of(begin, rest), Attribute.of("axis", axis));
  }

  private static String part(GraphBuilder onnx, String x, long from, long to, long axis) {
    return onnx.add("Slice", List.of(x, onnx.vector(from), onnx.vector(to), onnx.vector(axis)));
  }

  private static List<String> reverse(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    long[] axes = node.integers(1, "axes");
    return List.of(
        onnx.add(
            "Slice",
            List.of(
                node.input(0),
                onnx.vector(LongStream.of(axes).map(axis -> -1).toArray()),
                onnx.vector(LongStream.of(axes).map(axis -> -END).toArray()),
                onnx.vector(axes),
                onnx.vector(LongStream.of(axes).map(axis -> -1).toArray()))));
  }
}
