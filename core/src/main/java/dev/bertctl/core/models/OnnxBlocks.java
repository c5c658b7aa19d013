// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The parts that BERT is made of, dense layers and LayerNorms, and how they are connected. */
final class OnnxBlocks {

  /** What queries, keys and values pass on their way into the product of attention. */
  private static final Set<String> PASSED =
      Set.of("Reshape", "Transpose", "Mul", "Div", "Cast", "Unsqueeze", "Squeeze", "Expand");

  private final OnnxGraph graph;
  private final List<OnnxDense> denses;
  private final List<OnnxNorm> norms;

  OnnxBlocks(OnnxGraph graph) {
    this.graph = graph;
    denses = graph.nodes().stream().flatMap(node -> OnnxDense.of(graph, node).stream()).toList();
    norms = graph.nodes().stream().flatMap(node -> OnnxNorm.of(graph, node).stream()).toList();
  }

  /** All dense layers, in the order in which they are computed. */
  List<OnnxDense> denses() {
    return denses;
  }

  /** All LayerNorms, in the order in which they are computed. */
  List<OnnxNorm> norms() {
    return norms;
  }

  /** The dense layers that take a value. */
  List<OnnxDense> denses(String value) {
    return denses.stream().filter(dense -> dense.input().equals(value)).toList();
  }

  /** The LayerNorm of the sum of a value and the output of a dense layer. */
  Optional<OnnxNorm> residual(String value) {
    return norms.stream()
        .filter(norm -> summands(norm).anyMatch(value::equals) && added(norm).isPresent())
        .findFirst();
  }

  /** The dense layer whose output is one of the two summands that a LayerNorm takes. */
  Optional<OnnxDense> added(OnnxNorm norm) {
    return summands(norm)
        .flatMap(summand -> denses.stream().filter(dense -> dense.output().equals(summand)))
        .findFirst();
  }

  private Stream<String> summands(OnnxNorm norm) {
    return graph.producer(norm.input(), "Add").stream().flatMap(sum -> sum.getInputList().stream());
  }

  /**
   * Where attention takes a value.
   *
   * @param node the product, or the whole of attention
   * @param input which of its inputs it is
   */
  record Use(NodeProto node, int input) {}

  /** The product, or operation of attention, that what a dense layer gives goes into. */
  Optional<Use> attention(OnnxDense dense) {
    Set<String> seen = new HashSet<>();
    Deque<String> values = new ArrayDeque<>(List.of(dense.output()));
    while (!values.isEmpty()) {
      String value = values.remove();
      for (NodeProto node : graph.consumers(value)) {
        String type = node.getOpType();
        if (type.equals("MatMul") || type.equals("Attention")) {
          return Optional.of(new Use(node, node.getInputList().indexOf(value)));
        }
        if (PASSED.contains(type) && seen.add(node.getOutput(0))) {
          values.add(node.getOutput(0));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether attention takes what a dense layer gives in a certain way. */
  boolean isUsed(OnnxDense dense, Predicate<Use> way) {
    return attention(dense).filter(way).isPresent();
  }
}
