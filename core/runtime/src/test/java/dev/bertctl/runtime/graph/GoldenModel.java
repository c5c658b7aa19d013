// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder of reference values made by src/test/python/make_golden.py or
 * make_language_model_golden.py with PyTorch and transformers.
 */
public record GoldenModel(Path folder, BertConfig config, SafetensorsFile expected) {

  /** A folder of a model and reference values, by its path below golden. */
  public static GoldenModel of(String name) {
    Path folder = folder(name);
    return new GoldenModel(
        folder,
        HuggingFaceFolder.config(folder),
        SafetensorsFile.open(folder.resolve("expected.safetensors")));
  }

  /** A folder of reference values. */
  public static Path folder(String name) {
    try {
      return Path.of(GoldenModel.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Builds the model on the CPU with the folder's weights. */
  BertModel build(Head head, Optional<TrainingSpec> training) {
    return withWeights(
        BertModel.create("golden", config, head, vocabulary(), training, ComputeDevice.CPU),
        training.isPresent());
  }

  /** Builds the model for explanations, with the folder's weights. */
  public BertModel explaining(Head head) {
    return withWeights(
        BertModel.explaining(
            "golden", config, head, vocabulary(), HeadOutput.LOGITS, ComputeDevice.CPU),
        false);
  }

  private BertModel withWeights(BertModel model, boolean trained) {
    Map<String, Weight> weights = HuggingFaceFolder.weights(folder);
    NewWeights missing = new NewWeights(1, 0.02);
    Map<String, Weight> values = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      Weight given = weights.get(parameter.name());
      values.put(parameter.name(), given == null ? missing.draw(parameter.spec()) : given);
    }
    model.values().assign(values);
    if (trained) {
      model.values().clearSlots();
    }
    return model;
  }

  /** The reference's batch, with its padding. */
  public Batch batch() {
    List<Integer> shape = expected.shape("input_ids"); // [B,T] or [B,C,T]
    int rows = shape.get(0);
    int choices = shape.size() == 3 ? shape.get(1) : 1;
    List<Feature> features = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Sequence> sequences = sequences(row * choices, choices);
      features.add(Feature.of(sequences, target(row, rows, sequences.get(0).length())));
    }
    return Batch.of(features, 0);
  }

  /** Tokens that nobody reads, one for each id. */
  public TokenList vocabulary() {
    return new TokenList(
        IntStream.range(0, config.vocabSize()).mapToObj(id -> "token" + id).toList());
  }

  /**
   * The sequences of some lines of tokens, without padding; lines that are all padding are none.
   */
  private List<Sequence> sequences(int first, int count) {
    int[] ids = longs("input_ids");
    int[] segments = longs("token_type_ids");
    int[] mask = longs("attention_mask");
    List<Integer> shape = expected.shape("input_ids");
    int width = shape.get(shape.size() - 1);
    List<Sequence> sequences = new ArrayList<>();
    for (int line = first; line < first + count; line++) {
      int from = line * width;
      int to = from + Arrays.stream(mask, from, from + width).sum();
      if (to > from) {
        sequences.add(
            new Sequence(
                Arrays.copyOfRange(ids, from, to),
                Arrays.copyOfRange(segments, from, to),
                List.of(),
                List.of()));
      }
    }
    return sequences;
  }

  /** A row's target; that of a tagger ends with the row's tokens. */
  private Target target(int row, int rows, int tokens) {
    if (!expected.names().contains("labels")) {
      return Target.NONE;
    }
    if (expected.type("labels") == ElementType.F32) {
      float[] numbers = floats("labels");
      int each = numbers.length / rows;
      return Target.of(Arrays.copyOfRange(numbers, row * each, (row + 1) * each));
    }
    int[] labels = longs("labels");
    int each = labels.length / rows;
    return Target.of(Arrays.copyOfRange(labels, row * each, row * each + Math.min(each, tokens)));
  }

  float[] floats(String name) {
    FloatBuffer values = expected.weight(name).values();
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    return copy;
  }

  int[] longs(String name) {
    ByteBuffer bytes = expected.bytes(name);
    int[] values = new int[bytes.remaining() / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(bytes.getLong(i * Long.BYTES));
    }
    return values;
  }
}
