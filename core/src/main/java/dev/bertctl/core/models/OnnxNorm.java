// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/**
 * A LayerNorm in an ONNX graph: one operation since version 17 of ONNX, before that its arithmetic,
 * (x - mean) / deviation * weight + bias.
 *
 * @param input the value x
 * @param weight name of the factor
 * @param bias name of what is added
 * @param output the result
 */
record OnnxNorm(String input, String weight, String bias, String output) {

  /** The LayerNorm whose result a node computes. */
  static Optional<OnnxNorm> of(OnnxGraph graph, NodeProto node) {
    return switch (node.getOpType()) {
      case "LayerNormalization" ->
          Optional.of(
                  new OnnxNorm(
                      OnnxGraph.input(node, 0),
                      OnnxGraph.input(node, 1),
                      OnnxGraph.input(node, 2),
                      node.getOutput(0)))
              .filter(norm -> graph.constant(norm.weight, 1).isPresent());
      case "Add" ->
          scaled(graph, node, "Mul")
              .flatMap(
                  sum ->
                      graph
                          .producer(sum.value(), "Mul")
                          .flatMap(product -> scaled(graph, product, "Div"))
                          .flatMap(
                              product ->
                                  graph
                                      .producer(product.value(), "Div")
                                      .map(quotient -> OnnxGraph.input(quotient, 0))
                                      .flatMap(centred -> graph.producer(centred, "Sub"))
                                      .map(
                                          centred ->
                                              new OnnxNorm(
                                                  OnnxGraph.input(centred, 0),
                                                  product.constant(),
                                                  sum.constant(),
                                                  node.getOutput(0)))));
      default -> Optional.empty();
    };
  }

  /** A value that another operation computes, and the vector it is multiplied with or added to. */
  private record Scaled(String value, String constant) {}

  private static Optional<Scaled> scaled(OnnxGraph graph, NodeProto node, String producer) {
    String first = OnnxGraph.input(node, 0);
    String second = OnnxGraph.input(node, 1);
    return List.of(new Scaled(first, second), new Scaled(second, first)).stream()
        .filter(either -> graph.constant(either.constant, 1).isPresent())
        .filter(either -> graph.producer(either.value, producer).isPresent())
        .findFirst();
  }
}
