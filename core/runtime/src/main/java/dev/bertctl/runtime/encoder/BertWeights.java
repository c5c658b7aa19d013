// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and shapes of BERT's weights, as Hugging Face's {@code BertModel} has them. */
public final class BertWeights {

  private BertWeights() {}

  /** Canonical names and shapes of the encoder's weights, embeddings first. */
  public static Map<String, List<Integer>> encoder(BertConfig config) {
    Map<String, List<Integer>> weights = new LinkedHashMap<>();
    int hidden = config.hiddenSize();
    weights.put("embeddings.word_embeddings.weight", List.of(config.vocabSize(), hidden));
    weights.put("embeddings.position_embeddings.weight", List.of(config.maxPositions(), hidden));
    weights.put("embeddings.token_type_embeddings.weight", List.of(config.typeVocabSize(), hidden));
    layerNorm(weights, "embeddings.LayerNorm", hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = "encoder.layer." + layer + ".";
      dense(weights, prefix + "attention.self.query", hidden, hidden);
      dense(weights, prefix + "attention.self.key", hidden, hidden);
      dense(weights, prefix + "attention.self.value", hidden, hidden);
      dense(weights, prefix + "attention.output.dense", hidden, hidden);
      layerNorm(weights, prefix + "attention.output.LayerNorm", hidden);
      dense(weights, prefix + "intermediate.dense", config.intermediateSize(), hidden);
      dense(weights, prefix + "output.dense", hidden, config.intermediateSize());
      layerNorm(weights, prefix + "output.LayerNorm", hidden);
    }
    return weights;
  }

  /** Canonical names and shapes of the pooler's weights; checkpoints may lack them. */
  public static Map<String, List<Integer>> pooler(BertConfig config) {
    Map<String, List<Integer>> weights = new LinkedHashMap<>();
    dense(weights, "pooler.dense", config.hiddenSize(), config.hiddenSize());
    return weights;
  }

  /** Whether a canonical name is one of {@code BertModel}'s: those that heads stand on. */
  public static boolean isBase(String name) {
    return name.startsWith("embeddings.")
        || name.startsWith("encoder.")
        || name.startsWith("pooler.");
  }

  /**
   * The canonical name of a PyTorch parameter: without the {@code bert.} prefix, LayerNorm's {@code
   * gamma} and {@code beta} of old files as {@code weight} and {@code bias}.
   */
  public static String canonicalName(String parameter) {
    String name = parameter.startsWith("bert.") ? parameter.substring(5) : parameter;
    return name.replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
        .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
  }

  private static void dense(Map<String, List<Integer>> weights, String name, int out, int in) {
    weights.put(name + ".weight", List.of(out, in));
    weights.put(name + ".bias", List.of(out));
  }

  private static void layerNorm(Map<String, List<Integer>> weights, String name, int size) {
    weights.put(name + ".weight", List.of(size));
    weights.put(name + ".bias", List.of(size));
  }
}
