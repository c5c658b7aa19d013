// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder of reference values made by the runtime's make_language_model_golden.py with PyTorch and
 * transformers: a model, inputs, and what transformers computes of them.
 *
 * @param model the model's files
 * @param expected inputs, losses, outputs and gradients
 */
record LanguageModelGolden(PretrainedModel model, SafetensorsFile expected) {

  /** The golden files of the runtime. */
  static final Path ROOT = Path.of("../core/runtime/src/test/resources/golden");

  /** Where nothing is to be predicted. */
  private static final int IGNORED = -100;

  static LanguageModelGolden of(String name) {
    Path folder = ROOT.resolve(name);
    return new LanguageModelGolden(
        new PretrainedModel(
            name, folder, HuggingFaceFolder.config(folder), HuggingFaceFolder.weights(folder)),
        SafetensorsFile.open(folder.resolve("expected.safetensors")));
  }

  /** Builds the model on the CPU; the folder has all of its weights. */
  BertModel build(Head head, Optional<TrainingSpec> training) {
    TokenList vocabulary =
        new TokenList(
            IntStream.range(0, model.config().vocabSize()).mapToObj(id -> "token" + id).toList());
    BertModel built =
        BertModel.create("golden", model.config(), head, vocabulary, training, ComputeDevice.CPU);
    assertEquals(List.of(), ModelWeights.load(built, head, model, 0).initialized());
    return built;
  }

  Batch batch(Head head) {
    return Batch.of(features(head), 0);
  }

  /** The inputs, with the positions and targets that a head has. */
  List<Feature> features(Head head) {
    List<Feature> features = new ArrayList<>();
    int rows = expected.shape("input_ids").get(0);
    for (int row = 0; row < rows; row++) {
      Sequence sequence = sequence(row);
      Feature feature = Feature.of(sequence);
      if (hasChosen()) {
        feature = feature.at(chosen(row));
      }
      for (TargetSpec target : head.targets()) {
        feature = feature.with(target.name(), target(target.form(), row, sequence));
      }
      features.add(feature);
    }
    return features;
  }

  /** Whether some tokens are to be predicted; a causal model predicts all. */
  private boolean hasChosen() {
    return expected.names().contains("labels")
        && model.config().attentionMask() == AttentionMask.BIDIRECTIONAL;
  }

  private Sequence sequence(int row) {
    int tokens = Arrays.stream(longs("attention_mask", row)).sum();
    return new Sequence(
        Arrays.copyOf(longs("input_ids", row), tokens),
        Arrays.copyOf(longs("token_type_ids", row), tokens),
        List.of(),
        List.of());
  }

  /** The tokens of a row that are to be predicted. */
  private int[] chosen(int row) {
    int[] labels = longs("labels", row);
    return IntStream.range(0, labels.length).filter(i -> labels[i] != IGNORED).toArray();
  }

  private Target target(TargetSpec.Form form, int row, Sequence sequence) {
    return switch (form) {
      case TOKEN_PER_POSITION -> {
        int[] labels = longs("labels", row);
        yield Target.of(IntStream.of(chosen(row)).map(position -> labels[position]).toArray());
      }
      case TOKEN_PER_TOKEN -> {
        int[] next = Arrays.copyOfRange(sequence.ids(), 1, sequence.length() + 1);
        next[sequence.length() - 1] = Target.IGNORED;
        yield Target.of(next);
      }
      case LABEL -> Target.of(longs("next_sentence_label")[row]);
      default -> throw new IllegalArgumentException(form.toString());
    };
  }

  float[] floats(String name) {
    FloatBuffer values = expected.weight(name).values();
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    return copy;
  }

  /** The innermost values at some indices: {@code row("logits", 2, 5)} are those of a token. */
  float[] row(String name, int... indices) {
    List<Integer> shape = expected.shape(name);
    int at = 0;
    for (int i = 0; i < indices.length; i++) {
      at = at * shape.get(i) + indices[i];
    }
    int width = shape.get(indices.length);
    return Arrays.copyOfRange(floats(name), at * width, (at + 1) * width);
  }

  private int[] longs(String name, int row) {
    int width = expected.shape(name).get(1);
    return Arrays.copyOfRange(longs(name), row * width, (row + 1) * width);
  }

  private int[] longs(String name) {
    ByteBuffer bytes = expected.bytes(name);
    int[] values = new int[bytes.remaining() / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(bytes.getLong(i * Long.BYTES));
    }
    return values;
  }
}
