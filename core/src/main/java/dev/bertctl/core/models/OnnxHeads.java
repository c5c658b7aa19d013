// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.encoder.BertParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands on the encoder in an ONNX graph: pooler, language model, and heads by their names.
 */
final class OnnxHeads {

  private static final String LANGUAGE_MODEL = "cls.predictions.";

  /** How the first token's state is taken. */
  private static final Set<String> FIRST_TOKEN = Set.of("Gather", "Slice", "Squeeze", "Reshape");

  private final OnnxGraph graph;
  private final OnnxBlocks blocks;
  private final OnnxParameters parameters;

  OnnxHeads(OnnxGraph graph, OnnxBlocks blocks, OnnxParameters parameters) {
    this.graph = graph;
    this.blocks = blocks;
    this.parameters = parameters;
  }

  /**
   * Takes them all.
   *
   * @param last what the encoder ends with
   */
  void take(OnnxNorm last) {
    blocks.denses().stream()
        .filter(dense -> isPooler(dense, last.output()))
        .findFirst()
        .ifPresent(pooler -> parameters.take(BertParameters.POOLER, pooler));
    languageModel(last);
    blocks.denses().stream()
        .filter(dense -> !parameters.has(dense))
        .forEach(dense -> name(dense).ifPresent(name -> parameters.take(name, dense)));
  }

  private boolean isPooler(OnnxDense dense, String states) {
    return graph.consumers(dense.output()).stream()
            .anyMatch(node -> node.getOpType().equals("Tanh"))
        && isFirstToken(dense.input(), states, FIRST_TOKEN.size());
  }

  private boolean isFirstToken(String value, String states, int steps) {
    return graph
        .producer(value)
        .filter(node -> steps > 0 && FIRST_TOKEN.contains(node.getOpType()))
        .map(node -> OnnxGraph.input(node, 0))
        .filter(from -> from.equals(states) || isFirstToken(from, states, steps - 1))
        .isPresent();
  }

  /** A dense layer, an activation, a LayerNorm, and a dense layer as large as the vocabulary. */
  private void languageModel(OnnxNorm last) {
    List<OnnxDense> transforms = blocks.denses(last.output());
    OnnxNorm norm = blocks.norms().get(blocks.norms().size() - 1);
    List<OnnxDense> decoders = blocks.denses(norm.output());
    if (norm.equals(last) || transforms.size() != 1 || decoders.size() != 1) {
      return;
    }
    parameters.take(LANGUAGE_MODEL + "transform.dense", transforms.get(0));
    parameters.take(LANGUAGE_MODEL + "transform.LayerNorm", norm);
    parameters.takeOutput(
        LANGUAGE_MODEL + "decoder.weight", LANGUAGE_MODEL + "bias", decoders.get(0));
  }

  /** The name of a head's layer, after its kernel or, if that is anonymous, its bias. */
  private static Optional<String> name(OnnxDense dense) {
    return Stream.concat(
            Stream.of(dense.kernel()).filter(kernel -> kernel.endsWith(".weight")),
            dense.bias().stream().filter(bias -> bias.endsWith(".bias")))
        .map(name -> BertParameters.canonicalName(name.substring(0, name.lastIndexOf('.'))))
        .filter(name -> !BertParameters.isOfModel(name))
        .findFirst();
  }
}
