// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BERT's parameters, as Hugging Face's {@code BertModel} has them: the one place that knows their
 * names, shapes and initializers.
 */
public final class BertParameters {

  /** The word embeddings [V,H], which output layers may share. */
  public static final String WORD_EMBEDDINGS = "embeddings.word_embeddings.weight";

  /** The learned positions [P,H]. */
  public static final String POSITION_EMBEDDINGS = "embeddings.position_embeddings.weight";

  public static final String SEGMENT_EMBEDDINGS = "embeddings.token_type_embeddings.weight";
  public static final String EMBEDDINGS_NORM = "embeddings.LayerNorm";
  public static final String POOLER = "pooler.dense";

  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\.");

  private BertParameters() {}

  /** Those of the encoder, embeddings first. */
  public static List<ParameterSpec> encoder(BertConfig config) {
    int hidden = config.hiddenSize();
    List<ParameterSpec> all = new ArrayList<>();
    all.add(embedding(WORD_EMBEDDINGS, config.vocabSize(), hidden));
    all.add(embedding(POSITION_EMBEDDINGS, config.maxPositions(), hidden));
    all.add(embedding(SEGMENT_EMBEDDINGS, config.typeVocabSize(), hidden));
    if (config.variant().normalizesEmbeddings()) {
      all.addAll(ParameterSpec.layerNorm(EMBEDDINGS_NORM, hidden));
    }
    for (int i = 0; i < config.layers(); i++) {
      String layer = layer(i);
      all.addAll(ParameterSpec.dense(layer + ".attention.self.query", hidden, hidden));
      all.addAll(ParameterSpec.dense(layer + ".attention.self.key", hidden, hidden));
      all.addAll(ParameterSpec.dense(layer + ".attention.self.value", hidden, hidden));
      all.addAll(ParameterSpec.dense(layer + ".attention.output.dense", hidden, hidden));
      all.addAll(ParameterSpec.layerNorm(layer + ".attention.output.LayerNorm", hidden));
      int inner = config.intermediateSize();
      all.addAll(ParameterSpec.dense(layer + ".intermediate.dense", hidden, inner));
      all.addAll(ParameterSpec.dense(layer + ".output.dense", inner, hidden));
      all.addAll(ParameterSpec.layerNorm(layer + ".output.LayerNorm", hidden));
    }
    return all;
  }

  /**
   * The weights [V,H] of an output layer over the vocabulary that does not share the word
   * embeddings.
   */
  public static ParameterSpec outputEmbeddings(String name, BertConfig config) {
    return ParameterSpec.kernel(name, config.hiddenSize(), config.vocabSize());
  }

  /** Those of the pooler; checkpoints may lack them. */
  public static List<ParameterSpec> pooler(BertConfig config) {
    return ParameterSpec.dense(POOLER, config.hiddenSize(), config.hiddenSize());
  }

  private static ParameterSpec embedding(String name, int rows, int hidden) {
    return ParameterSpec.of(name, List.of(rows, hidden), Initializer.NORMAL);
  }

  /** What the names of an encoder layer's parameters begin with. */
  public static String layer(int index) {
    return "encoder.layer." + index;
  }

  /** The index of the encoder layer that a parameter is of; empty if it is of none. */
  public static OptionalInt layerOf(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.lookingAt()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Whether a parameter of this canonical name is the encoder's, not the pooler's or a head's. */
  public static boolean isOfEncoder(String name) {
    return name.startsWith("embeddings.") || name.startsWith("encoder.");
  }

  /** Whether a canonical name is one of {@code BertModel}'s: those that heads stand on. */
  public static boolean isOfModel(String name) {
    return isOfEncoder(name) || name.startsWith("pooler.");
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
}
