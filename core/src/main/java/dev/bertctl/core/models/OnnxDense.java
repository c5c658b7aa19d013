// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Optional;

/**
 * A dense layer in an ONNX graph: the product of a value with a constant matrix, to which a
 * constant vector is added. Exporters leave out a vector of zeros.
 *
 * @param input the value
 * @param kernel name of the matrix
 * @param outputsFirst whether the matrix is stored as [out,in], as PyTorch has it
 * @param bias name of the vector
 * @param output the sum
 */
record OnnxDense(
    String input, String kernel, boolean outputsFirst, Optional<String> bias, String output) {

  /** The dense layer whose product a node computes. */
  static Optional<OnnxDense> of(OnnxGraph graph, NodeProto node) {
    return switch (node.getOpType()) {
      case "MatMul" -> product(graph, node);
      case "Gemm" -> general(graph, node);
      default -> Optional.empty();
    };
  }

  private static Optional<OnnxDense> product(OnnxGraph graph, NodeProto node) {
    String matrix = OnnxGraph.input(node, 1);
    // Without constant folding the transposition is left to the graph.
    Optional<String> turned =
        graph.producer(matrix, "Transpose").map(transpose -> OnnxGraph.input(transpose, 0));
    String kernel = turned.orElse(matrix);
    if (graph.constant(kernel, 2).isEmpty()) {
      return Optional.empty();
    }
    String product = node.getOutput(0);
    for (NodeProto sum : graph.consumers(product)) {
      for (String bias : sum.getInputList()) {
        if (sum.getOpType().equals("Add") && graph.constant(bias, 1).isPresent()) {
          return Optional.of(
              new OnnxDense(
                  OnnxGraph.input(node, 0),
                  kernel,
                  turned.isPresent(),
                  Optional.of(bias),
                  sum.getOutput(0)));
        }
      }
    }
    return Optional.of(
        new OnnxDense(
            OnnxGraph.input(node, 0), kernel, turned.isPresent(), Optional.empty(), product));
  }

  private static Optional<OnnxDense> general(OnnxGraph graph, NodeProto node) {
    String kernel = OnnxGraph.input(node, 1);
    if (graph.constant(kernel, 2).isEmpty() || attribute(node, "transA") != 0) {
      return Optional.empty();
    }
    String bias = OnnxGraph.input(node, 2);
    return Optional.of(
        new OnnxDense(
            OnnxGraph.input(node, 0),
            kernel,
            attribute(node, "transB") != 0,
            graph.constant(bias, 1).map(found -> bias),
            node.getOutput(0)));
  }

  private static long attribute(NodeProto node, String name) {
    return OnnxGraph.attribute(node, name).map(AttributeProto::getI).orElse(0L);
  }
}
