// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A head on a tiny random encoder, computed by both engines. */
public final class EngineComparison {

  /** Of values up to 1, relative of larger ones; float32 sums, added up in different orders. */
  private static final float TOLERANCE = 1e-4f;

  /** Relative; sums over up to 3584 tokens. */
  private static final double LOSS_TOLERANCE = 1e-5;

  private static final int POSITIONS = 512;

  private final BertConfig config;
  private final Head head;
  private final int choices;

  /**
   * @param choices sequences of a feature
   */
  public EngineComparison(BertConfig config, Head head, int choices) {
    this.config = config;
    this.head = head;
    this.choices = choices;
  }

  /** On an encoder of 512 positions. */
  public static EngineComparison of(Head head) {
    return new EngineComparison(config(), head, 1);
  }

  /** An encoder of two layers and 512 positions. */
  public static BertConfig config() {
    return TinyBert.config(TinyBert.VOCABULARY.size(), 16, POSITIONS, 0, 0.1);
  }

  /** The model's files, head included, in memory. */
  public PretrainedModel pretrained() {
    Map<String, WeightTensor> weights = new LinkedHashMap<>(TinyBert.weights(config, 7));
    NewWeights fresh = new NewWeights(5, 0.3);
    for (ParameterSpec spec : HeadDefinition.of("toy", config, head, vocabulary()).parameters()) {
      weights.computeIfAbsent(
          spec.name(),
          name -> fresh.draw(ParameterSpec.of(name, spec.shape(), Initializer.NORMAL)));
    }
    return new PretrainedModel("toy", Path.of("toy"), config, weights);
  }

  public OpenedModel open(Engine engine) {
    return InferenceModels.open(
        "toy", config, head, vocabulary(), pretrained(), engine, Quantize.NONE, ComputeDevice.CPU);
  }

  public static TokenList vocabulary() {
    return new TokenList(TinyBert.VOCABULARY);
  }

  /** Asserts that ONNX Runtime gives what TensorFlow gives, alone and in padded batches. */
  public void assertEqualOutputs() {
    try (var tensorFlow = open(Engine.TENSORFLOW).model();
        var onnxRuntime = open(Engine.ONNXRUNTIME).model()) {
      for (int[] lengths :
          new int[][] {{5}, {POSITIONS}, {5, 3, 5, 4, 2, 5, 1}, {512, 7, 300, 512, 1, 64, 511}}) {
        Batch batch = batch(lengths);
        assertEqual(tensorFlow.predict(batch), onnxRuntime.predict(batch));
        Evaluated expected = tensorFlow.evaluate(batch);
        Evaluated actual = onnxRuntime.evaluate(batch);
        assertEqual(expected.outputs(), actual.outputs());
        assertEquals(expected.losses().keySet(), actual.losses().keySet());
        expected
            .losses()
            .forEach((name, loss) -> assertEqual(name, loss, actual.losses().get(name)));
      }
    }
  }

  private static void assertEqual(
      List<Map<String, Matrix>> expected, List<Map<String, Matrix>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).keySet(), actual.get(i).keySet());
      for (String name : expected.get(i).keySet()) {
        Matrix theirs = expected.get(i).get(name);
        Matrix ours = actual.get(i).get(name);
        assertEquals(theirs.rows(), ours.rows(), name);
        assertEquals(theirs.columns(), ours.columns(), name);
        for (int j = 0; j < theirs.values().length; j++) {
          float value = theirs.values()[j];
          assertEquals(value, ours.values()[j], TOLERANCE * Math.max(1, Math.abs(value)), name);
        }
      }
    }
  }

  private static void assertEqual(String name, LossSum expected, LossSum actual) {
    assertEquals(expected.sum(), actual.sum(), LOSS_TOLERANCE * Math.max(1, expected.sum()), name);
    assertEquals(expected.weight(), actual.weight(), name);
    assertEquals(expected.factor(), actual.factor(), name);
  }

  /** Features of random tokens with random targets; those of few choices are padded. */
  public Batch batch(int... lengths) {
    Random random = new Random(1);
    List<Feature> features = new ArrayList<>();
    for (int length : lengths) {
      int own = choices == 1 ? 1 : 1 + random.nextInt(choices);
      List<Sequence> sequences =
          IntStream.range(0, own).mapToObj(i -> sequence(random, length)).toList();
      Feature feature = new Feature(sequences, new int[0], Map.of());
      int[] positions =
          choices == 1 ? IntStream.range(0, length).filter(i -> i % 4 == 1).toArray() : new int[0];
      feature = feature.at(positions);
      for (TargetSpec target : head.targets()) {
        feature =
            feature.with(target.name(), target(random, target, length, positions.length, own));
      }
      features.add(feature);
    }
    return Batch.of(features, 0);
  }

  private static Sequence sequence(Random random, int length) {
    int[] ids = random.ints(length, 1, TinyBert.VOCABULARY.size()).toArray();
    int[] segments = new int[length];
    java.util.Arrays.fill(segments, length / 2, length, 1);
    return new Sequence(ids, segments, List.of(), List.of());
  }

  private static Target target(
      Random random, TargetSpec spec, int length, int positions, int choices) {
    int tokens = TinyBert.VOCABULARY.size();
    return switch (spec.form()) {
      case LABEL -> Target.of(random.nextInt(spec.size()));
      case CHOICE -> Target.of(random.nextInt(choices));
      case LABEL_PER_TOKEN -> {
        int[] labels = random.ints(length, 0, spec.size()).toArray();
        labels[0] = Target.IGNORED;
        yield Target.of(labels);
      }
      case TOKEN_PER_TOKEN -> Target.of(random.ints(length, 0, tokens).toArray());
      case TOKEN_PER_POSITION -> Target.of(random.ints(positions, 0, tokens).toArray());
      case SPAN -> Target.of(random.nextInt(length), Target.IGNORED);
      case NUMBER -> Target.of(random.nextFloat());
      case NUMBERS -> {
        float[] numbers = new float[spec.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = random.nextInt(2);
        }
        yield Target.of(numbers);
      }
    };
  }
}
