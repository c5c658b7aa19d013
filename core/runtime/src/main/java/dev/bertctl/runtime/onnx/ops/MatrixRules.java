// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.bertctl.runtime.onnx.model.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Products of matrices. */
final class MatrixRules {

  private MatrixRules() {}

  static Map<String, OpRule> all() {
    Map<String, OpRule> rules = new HashMap<>();
    rules.put("MatMul", node -> gemm(node, List.of()));
    rules.put("BiasAdd", MatrixRules::biasAdd);
    rules.put("BatchMatMul", MatrixRules::batched);
    rules.put("BatchMatMulV2", MatrixRules::batched);
    rules.put("BatchMatMulV3", MatrixRules::batched);
    rules.put(
        "Einsum",
        node ->
            List.of(
                node.onnx()
                    .add(
                        "Einsum",
                        node.inputs(),
                        Attribute.of("equation", node.text("equation").replace(" ", "")))));
    rules.put("MatrixBandPart", MatrixRules::band);
    return rules;
  }

  private static List<String> gemm(TensorFlowNode product, List<String> bias) {
    List<String> inputs = new ArrayList<>(product.inputs());
    inputs.addAll(bias);
    return List.of(
        product
            .onnx()
            .add(
                "Gemm",
                inputs,
                Attribute.of("transA", product.flag("transpose_a") ? 1 : 0),
                Attribute.of("transB", product.flag("transpose_b") ? 1 : 0)));
  }

  /** A dense layer is one operator. */
  private static List<String> biasAdd(TensorFlowNode node) {
    if (node.text("data_format").equals("NCHW")) {
      throw node.unsupported("its data_format is NCHW");
    }
    TensorFlowNode product =
        new TensorFlowNode(node.source().producer(node.origin(0)), node.source());
    return product.operation().equals("MatMul")
        ? gemm(product, List.of(node.input(1)))
        : List.of(node.onnx().add("Add", node.inputs()));
  }

  private static List<String> batched(TensorFlowNode node) {
    return List.of(
        node.onnx()
            .add(
                "MatMul",
                List.of(
                    node.flag("adj_x") ? transposed(node, 0) : node.input(0),
                    node.flag("adj_y") ? transposed(node, 1) : node.input(1))));
  }

  /** With the last two axes exchanged. */
  private static String transposed(TensorFlowNode node, int input) {
    int rank = node.rank(input);
    long[] axes = IntStream.range(0, rank).asLongStream().toArray();
    axes[rank - 2] = rank - 1;
    axes[rank - 1] = rank - 2;
    AttributeProto order = Attribute.of("perm", axes);
    return node.onnx().add("Transpose", List.of(node.input(input)), order);
  }

  private static List<String> band(TensorFlowNode node) {
    long below = node.integers(1, "lower band")[0];
    long above = node.integers(2, "upper band")[0];
    String part = node.input(0);
    if (below >= 0) {
      part = triangle(node, part, -below, 1);
    }
    if (above >= 0) {
      part = triangle(node, part, above, 0);
    }
    return List.of(part);
  }

  private static String triangle(TensorFlowNode node, String x, long diagonal, long upper) {
    return node.onnx()
        .add("Trilu", List.of(x, node.onnx().integer(diagonal)), Attribute.of("upper", upper));
  }
}
