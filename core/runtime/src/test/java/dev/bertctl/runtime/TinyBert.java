// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A BERT of two layers with random weights and a vocabulary of a few dozen words. */
public final class TinyBert {

  /** The words that tests write their data in. */
  public static final List<String> WORDS =
      List.of(
          "the", "a", "red", "blue", "green", "cat", "dog", "bird", "tree", "house", "river",
          "boat", "sees", "finds", "likes", "eats", "big", "small", "old", "new", "and", "not",
          "is", "on");

  /** Ids of the word pieces, special tokens first. */
  public static final List<String> VOCABULARY =
      Stream.concat(Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"), WORDS.stream())
          .toList();

  private TinyBert() {}

  /** The architecture: hidden size 16, 2 heads, 32 positions. */
  public static BertConfig config(double dropout) {
    return config(VOCABULARY.size(), 16, 32, dropout, 0.1);
  }

  /** An architecture of two layers and two heads. */
  public static BertConfig config(
      int vocabulary, int hidden, int positions, double dropout, double initializerRange) {
    return new BertConfig(
        vocabulary,
        hidden,
        2,
        2,
        2 * hidden,
        BertConfig.Activation.GELU,
        positions,
        2,
        1e-12,
        dropout,
        dropout,
        dropout,
        initializerRange,
        0,
        AttentionMask.BIDIRECTIONAL,
        BertConfig.Variant.ORIGINAL,
        true);
  }

  /**
   * Weights of encoder and pooler; large enough for inputs to matter to the outputs, and none at 0
   * or 1, so that no parameter can be mixed up unnoticed.
   */
  public static Map<String, WeightTensor> weights(BertConfig config, long seed) {
    List<ParameterSpec> specs = new ArrayList<>(BertParameters.encoder(config));
    specs.addAll(BertParameters.pooler(config));
    NewWeights random = new NewWeights(seed, 0.3);
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      WeightTensor weight =
          random.draw(ParameterSpec.of(spec.name(), spec.shape(), Initializer.NORMAL));
      if (spec.name().endsWith("LayerNorm.weight")) {
        FloatBuffer values = weight.values();
        for (int i = 0; i < values.limit(); i++) {
          values.put(i, 1 + values.get(i));
        }
      }
      weights.put(spec.name(), weight);
    }
    return weights;
  }

  /** Writes the model as a Hugging Face folder. */
  public static Path write(Path folder, double dropout) {
    return write(folder, config(dropout), VOCABULARY);
  }

  /** Writes a model with a vocabulary of its own. */
  public static Path write(Path folder, BertConfig config, List<String> vocabulary) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("vocab.txt"), vocabulary);
      Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HuggingFaceFolder.write(
        folder,
        SavedHead.unlabelled("BertModel"),
        config,
        weights(config, 7).values(),
        TokenizerFiles.of(folder));
    return folder;
  }
}
