// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.weights.Weight;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an architecture that shows in the shapes of its weights, for formats without a
 * config.json.
 */
final class WeightShapes {

  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d{1,4})\\..*");

  private final String source;
  private final Map<String, Weight> weights;

  /**
   * @param source the file, for errors
   * @param weights by canonical name
   */
  WeightShapes(String source, Map<String, Weight> weights) {
    this.source = source;
    this.weights = weights;
  }

  /** H. */
  int hiddenSize() {
    return size("embeddings.word_embeddings.weight", 1);
  }

  /** Rows of the position embedding. */
  int maxPositions() {
    return size("embeddings.position_embeddings.weight", 0);
  }

  /** The architecture, completed with what only the graph knows. */
  BertConfig config(int heads, Activation activation, double epsilon, int padTokenId) {
    requireDivisor(heads);
    return new BertConfig(
        size("embeddings.word_embeddings.weight", 0),
        hiddenSize(),
        layers(),
        heads,
        size("encoder.layer.0.intermediate.dense.weight", 0),
        activation,
        maxPositions(),
        size("embeddings.token_type_embeddings.weight", 0),
        epsilon,
        // Graphs for inference do not say; these are BERT's own.
        0.1,
        0.1,
        0.1,
        0.02,
        padTokenId,
        AttentionMask.BIDIRECTIONAL,
        BertConfig.Variant.ORIGINAL,
        true);
  }

  /** The architecture of a model of "Dive into Deep Learning". */
  BertConfig d2lConfig(int heads, int padTokenId) {
    requireDivisor(heads);
    return BertConfig.of(
            size("embeddings.word_embeddings.weight", 0),
            hiddenSize(),
            layers(),
            heads,
            size("encoder.layer.0.intermediate.dense.weight", 0),
            maxPositions(),
            padTokenId)
        .asInD2l();
  }

  private void requireDivisor(int heads) {
    if (heads < 1 || hiddenSize() % heads != 0) {
      throw new UserException(
          source + ": " + heads + " attention heads do not divide the size " + hiddenSize());
    }
  }

  private int layers() {
    return 1
        + weights.keySet().stream()
            .map(LAYER::matcher)
            .filter(Matcher::matches)
            .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
            .max()
            .orElseThrow(() -> missing("encoder.layer.0"));
  }

  private int size(String name, int dimension) {
    Weight weight = weights.get(name);
    if (weight == null || weight.shape().size() != 2) {
      throw missing(name);
    }
    return weight.shape().get(dimension);
  }

  private UserException missing(String name) {
    return new UserException(
        source + ": no weight " + name + "; bertctl reads BERT encoders under their usual names");
  }
}
