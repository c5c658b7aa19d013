// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random BERT of two layers and its vocabulary, to be written in every format. */
public final class ModelFiles {

  /** Its word pieces. */
  public static final List<String> VOCABULARY =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "dog", "cat", "run", "##s", "a", "b",
          "c", ".");

  /** Its architecture. */
  public static final BertConfig CONFIG =
      new BertConfig(
          VOCABULARY.size(),
          8,
          2,
          2,
          12,
          Activation.GELU,
          16,
          2,
          1e-12,
          0.1,
          0.1,
          0.1,
          0.02,
          0,
          AttentionMask.BIDIRECTIONAL,
          BertConfig.Variant.ORIGINAL,
          true);

  private ModelFiles() {}

  /** Encoder and pooler by canonical name. */
  public static Map<String, WeightTensor> weights() {
    List<ParameterSpec> specs = new ArrayList<>(BertParameters.encoder(CONFIG));
    specs.addAll(BertParameters.pooler(CONFIG));
    Random random = new Random(5);
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      float[] values = new float[Math.toIntExact(spec.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      weights.put(
          spec.name(), new WeightTensor(spec.name(), spec.shape(), FloatBuffer.wrap(values)));
    }
    return weights;
  }

  /** Writes vocab.txt. */
  public static void writeVocabulary(Path folder) throws IOException {
    Files.write(folder.resolve("vocab.txt"), VOCABULARY);
  }

  /** Writes a BertModel in Hugging Face layout. */
  public static Path writeHuggingFace(Path folder, Map<String, WeightTensor> weights)
      throws IOException {
    Path tokenizer = Files.createTempDirectory(folder, "tokenizer");
    writeVocabulary(tokenizer);
    Path model = Files.createDirectory(folder.resolve("model"));
    HuggingFaceFolder.write(
        model,
        SavedHead.unlabelled("BertModel"),
        CONFIG,
        new ArrayList<>(weights.values()),
        TokenizerFiles.of(tokenizer));
    return model;
  }

  /** Weights with their values, to be compared. */
  public static Map<String, WeightTensor> inMemory(Map<String, ? extends Weight> weights) {
    Map<String, WeightTensor> read = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) ->
            read.put(name, new WeightTensor(weight.name(), weight.shape(), weight.values())));
    return read;
  }

  /** The weights but for the pooler. */
  public static Map<String, WeightTensor> withoutPooler() {
    Map<String, WeightTensor> weights = weights();
    weights.keySet().removeIf(name -> name.startsWith("pooler."));
    return weights;
  }
}
