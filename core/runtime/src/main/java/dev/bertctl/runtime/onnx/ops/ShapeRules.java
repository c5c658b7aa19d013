// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Operations on shapes, and what moves elements without computing anything. */
final class ShapeRules {

  private ShapeRules() {}

  static Map<String, OpRule> all() {
    Map<String, OpRule> rules = new HashMap<>();
    rules.put("Shape", node -> List.of(shape(node, 0)));
    rules.put(
        "ShapeN",
        node -> {
          List<String> shapes = new ArrayList<>();
          for (int i = 0; i < node.size(); i++) {
            shapes.add(shape(node, i));
          }
          return shapes;
        });
    rules.put(
        "Size", node -> List.of(node.cast(node.onnx().add("Size", node.inputs()), outType(node))));
    rules.put("Rank", node -> List.of(node.onnx().ints(List.of(), node.rank(0))));
    rules.put("Reshape", ShapeRules::reshape);
    rules.put("ExpandDims", node -> one(node, "Unsqueeze", node.input(0), node.vector(1)));
    rules.put("Squeeze", ShapeRules::squeeze);
    rules.put("Transpose", ShapeRules::transpose);
    rules.put("Pack", ShapeRules::pack);
    rules.put("Unpack", ShapeRules::unpack);
    rules.put("ConcatV2", ShapeRules::concat);
    rules.put("Split", ShapeRules::split);
    rules.put("SplitV", ShapeRules::splitBySizes);
    rules.put("Fill", node -> one(node, "Expand", node.input(1), node.longs(0)));
    rules.put("BroadcastTo", node -> one(node, "Expand", node.input(0), node.longs(1)));
    rules.put("ZerosLike", node -> likeIts(node, 0));
    rules.put("OnesLike", node -> likeIts(node, 1));
    rules.put("Tile", node -> one(node, "Tile", node.input(0), node.longs(1)));
    rules.put("Range", node -> List.of(node.onnx().add("Range", node.inputs())));
    rules.put("Pad", node -> List.of(pad(node, "constant", List.of())));
    rules.put("PadV2", node -> List.of(pad(node, "constant", List.of(node.input(2)))));
    rules.put("MirrorPad", ShapeRules::mirrorPad);
    return rules;
  }

  private static List<String> one(TensorFlowNode node, String operator, String... inputs) {
    return List.of(node.onnx().add(operator, List.of(inputs)));
  }

  private static DataType outType(TensorFlowNode node) {
    return node.has("out_type") ? node.type("out_type") : DataType.INT32;
  }

  private static String shape(TensorFlowNode node, int input) {
    return node.cast(node.onnx().add("Shape", List.of(node.input(input))), outType(node));
  }

  /** A size of 0 means that, and not the size that the input has there. */
  private static List<String> reshape(TensorFlowNode node) {
    boolean copies =
        node.constant(1)
            .map(shape -> LongStream.of(shape.longs()).allMatch(size -> size != 0))
            .orElse(false);
    List<String> inputs = List.of(node.input(0), node.longs(1));
    return List.of(
        copies
            ? node.onnx().add("Reshape", inputs)
            : node.onnx().add("Reshape", inputs, Attribute.of("allowzero", 1)));
  }

  private static List<String> squeeze(TensorFlowNode node) {
    long[] axes = node.integers("squeeze_dims");
    return axes.length == 0
        ? one(node, "Squeeze", node.input(0))
        : one(node, "Squeeze", node.input(0), node.onnx().vector(axes));
  }

  private static List<String> transpose(TensorFlowNode node) {
    return List.of(
        node.onnx()
            .add(
                "Transpose",
                List.of(node.input(0)),
                Attribute.of("perm", node.integers(1, "order of axes"))));
  }

  private static List<String> pack(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    long axis = node.integer("axis");
    List<String> parts =
        node.inputs().stream()
            .map(part -> onnx.add("Unsqueeze", List.of(part, onnx.vector(axis))))
            .toList();
    return List.of(onnx.add("Concat", parts, Attribute.of("axis", axis)));
  }

  private static List<String> unpack(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    long[] ones = new long[Math.toIntExact(node.integer("num"))];
    Arrays.fill(ones, 1);
    String axis = onnx.vector(node.integer("axis"));
    return onnx
        .addWithOutputs(
            ones.length,
            "Split",
            List.of(node.input(0), onnx.vector(ones)),
            Attribute.of("axis", node.integer("axis")))
        .stream()
        .map(part -> onnx.add("Squeeze", List.of(part, axis)))
        .toList();
  }

  private static List<String> concat(TensorFlowNode node) {
    int last = node.size() - 1;
    return List.of(
        node.onnx()
            .add(
                "Concat",
                node.inputs(0, last),
                Attribute.of("axis", node.integers(last, "axis")[0])));
  }

  /**
   * Into parts of equal sizes, which are given all the same: ONNX Runtime 1.29 takes two splits of
   * one value for the same, however many parts they have, if they differ in nothing else.
   */
  private static List<String> split(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    long axis = node.integers(0, "axis")[0];
    int parts = Math.toIntExact(node.integer("num_split"));
    String shape = onnx.add("Shape", List.of(node.input(1)));
    String size =
        onnx.add(
            "Div",
            List.of(onnx.add("Gather", List.of(shape, onnx.vector(axis))), onnx.integer(parts)));
    String sizes = onnx.add("Expand", List.of(size, onnx.vector(parts)));
    return onnx.addWithOutputs(
        parts, "Split", List.of(node.input(1), sizes), Attribute.of("axis", axis));
  }

  private static List<String> splitBySizes(TensorFlowNode node) {
    long[] sizes = node.integers(1, "sizes");
    if (LongStream.of(sizes).anyMatch(size -> size < 0)) {
      throw node.unsupported("one of its sizes is what the others leave");
    }
    return node.onnx()
        .addWithOutputs(
            sizes.length,
            "Split",
            List.of(node.input(0), node.onnx().vector(sizes)),
            Attribute.of("axis", node.integers(2, "axis")[0]));
  }

  private static List<String> likeIts(TensorFlowNode node, int value) {
    GraphBuilder onnx = node.onnx();
    String scalar = node.cast(onnx.integer(value), node.type("T"));
    return one(node, "Expand", scalar, onnx.add("Shape", List.of(node.input(0))));
  }

  /** From [rank,2] to all that come before, then all that come behind. */
  private static String pad(TensorFlowNode node, String mode, List<String> value) {
    GraphBuilder onnx = node.onnx();
    String order =
        onnx.add(
            "Reshape",
            List.of(
                onnx.add("Transpose", List.of(node.longs(1)), Attribute.of("perm", 1, 0)),
                onnx.vector(-1)));
    List<String> inputs = new ArrayList<>(List.of(node.input(0), order));
    inputs.addAll(value);
    return onnx.add("Pad", inputs, Attribute.of("mode", mode));
  }

  private static List<String> mirrorPad(TensorFlowNode node) {
    if (!node.text("mode").equals("REFLECT")) {
      throw node.unsupported("its mode is " + node.text("mode"));
    }
    return List.of(pad(node, "reflect", List.of()));
  }
}
