// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.weights.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The weights of a BERT that PyTorch has exported to ONNX. Names say little there: kernels become
 * anonymous ({@code onnx::MatMul_123}, {@code val_84}) and are transposed, and of tensors that are
 * equal, such as the biases of a new model, one is left. So weights are found by what the graph
 * computes with them; only tables of embeddings go by their names.
 */
final class OnnxWeights {

  private static final List<String> TABLES =
      List.of(
          BertParameters.WORD_EMBEDDINGS,
          BertParameters.POSITION_EMBEDDINGS,
          BertParameters.SEGMENT_EMBEDDINGS);

  private final Path file;
  private final OnnxGraph graph;
  private final OnnxBlocks blocks;
  private final OnnxParameters parameters;

  /**
   * @param file the model, for errors
   */
  OnnxWeights(Path file, OnnxGraph graph) {
    this.file = file;
    this.graph = graph;
    blocks = new OnnxBlocks(graph);
    parameters = new OnnxParameters(graph);
  }

  /**
   * By canonical name, kernels as [out,in].
   *
   * @throws UserException if the graph computes something else than BERT
   */
  Map<String, Weight> canonical() {
    OnnxNorm norm =
        blocks.norms().stream()
            .findFirst()
            .orElseThrow(() -> unknown(BertParameters.EMBEDDINGS_NORM));
    embeddings(norm);
    Optional<OnnxNorm> next = blocks.residual(norm.output());
    // A graph that goes in circles has no more layers than LayerNorms either.
    for (int i = 0; next.isPresent() && i < blocks.norms().size(); i++) {
      norm = layer(BertParameters.layer(i) + ".", norm, next.get());
      next = blocks.residual(norm.output());
    }
    new OnnxHeads(graph, blocks, parameters).take(norm);
    return parameters.weights();
  }

  private void embeddings(OnnxNorm norm) {
    List<String> missing = new ArrayList<>(TABLES);
    List<String> unnamed = new ArrayList<>();
    for (String table : summands(norm.input(), 2).flatMap(this::table).toList()) {
      String name = BertParameters.canonicalName(table);
      if (missing.remove(name)) {
        parameters.take(name, table);
      } else {
        unnamed.add(table);
      }
    }
    // An output layer that shares the words' table may have given it its name.
    if (missing.size() == 1 && unnamed.size() == 1) {
      parameters.take(missing.remove(0), unnamed.get(0));
    }
    if (!missing.isEmpty()) {
      throw unknown(missing.get(0));
    }
    parameters.take(BertParameters.EMBEDDINGS_NORM, norm);
  }

  /** The values whose sum a value is. */
  private Stream<String> summands(String value, int depth) {
    Optional<NodeProto> sum = graph.producer(value, "Add").filter(node -> depth > 0);
    return sum.isEmpty()
        ? Stream.of(value)
        : sum.get().getInputList().stream().flatMap(summand -> summands(summand, depth - 1));
  }

  /** The table that rows are taken from. */
  private Stream<String> table(String rows) {
    return graph.producer(rows, "Gather").stream()
        .map(gather -> OnnxGraph.input(gather, 0))
        .filter(table -> graph.constant(table, 2).isPresent());
  }

  /** The LayerNorm at the end of a layer, whose weights it takes. */
  private OnnxNorm layer(String name, OnnxNorm before, OnnxNorm between) {
    selfAttention(name + "attention.self.", blocks.denses(before.output()));
    parameters.take(name + "attention.output.dense", blocks.added(between).orElseThrow());
    parameters.take(name + "attention.output.LayerNorm", between);
    OnnxNorm after =
        blocks.residual(between.output()).orElseThrow(() -> unknown(name + "output.LayerNorm"));
    parameters.take(
        name + "intermediate.dense",
        only(name + "intermediate.dense", blocks.denses(between.output()), dense -> true));
    parameters.take(name + "output.dense", blocks.added(after).orElseThrow());
    parameters.take(name + "output.LayerNorm", after);
    return after;
  }

  /** Queries and keys are multiplied with each other, what comes of it with the values. */
  private void selfAttention(String name, List<OnnxDense> denses) {
    OnnxDense query =
        only(name + "query", denses, dense -> blocks.isUsed(dense, use -> use.input() == 0));
    NodeProto product = blocks.attention(query).orElseThrow().node();
    Predicate<OnnxBlocks.Use> isKey = use -> use.node() == product && use.input() == 1;
    parameters.take(name + "query", query);
    parameters.take(name + "key", only(name + "key", denses, dense -> blocks.isUsed(dense, isKey)));
    parameters.take(
        name + "value",
        only(
            name + "value",
            denses,
            dense -> dense != query && blocks.isUsed(dense, isKey.negate())));
  }

  private OnnxDense only(String name, List<OnnxDense> denses, Predicate<OnnxDense> wanted) {
    List<OnnxDense> found = denses.stream().filter(wanted).toList();
    if (found.size() != 1) {
      throw unknown(name);
    }
    return found.get(0);
  }

  private UserException unknown(String part) {
    return new UserException(
        "%s: the graph does not show %s where PyTorch's exports of BERT have it; export the model again, with input_ids, attention_mask and token_type_ids as inputs whose lengths are dynamic, and neither optimized for a runtime nor quantized"
            .formatted(file, part));
  }
}
