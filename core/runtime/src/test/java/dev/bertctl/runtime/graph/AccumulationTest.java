// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A batch in parts makes the update of the batch as a whole. */
class AccumulationTest {

  /** Of the update's largest change; both ways round to float32. */
  private static final double TOLERANCE = 3e-6;

  private static final int SIZE = 11;
  private static final List<String> LABELS = List.of("a", "b", "c");

  /** Ends of the parts of eleven examples: two, three and four of unequal sizes. */
  private static final List<int[]> PARTS =
      List.of(new int[] {4, 11}, new int[] {1, 6, 11}, new int[] {5, 6, 9, 11});

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments("classifier", new ClassifierHead(LABELS), features(AccumulationTest::labelled)),
        arguments("choice", new ChoiceHead(), features(AccumulationTest::choices)),
        arguments("span", new SpanHead(), features(AccumulationTest::span)),
        arguments("tagger", new TaggerHead(LABELS), features(AccumulationTest::tagged)),
        arguments(
            "pretraining",
            LanguageModelHeadsTest.pretraining(),
            features(AccumulationTest::pretraining)),
        arguments("regression", new RegressionHead(), features(AccumulationTest::number)),
        arguments("multi-label", multiLabel(), features(AccumulationTest::labels)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void updateAndLossesOfPartsEqualThoseOfTheWhole(String name, Head head, List<Feature> features) {
    Batch whole = Batch.of(features, 0);
    TrainingSpec spec = TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0.9));
    try (BertModel model = RandomModel.of(head, Optional.of(spec))) {
      Map<String, float[]> before = weights(model);
      BertModel.Trained expected = step(model, List.of(whole), before);
      Map<String, float[]> after = weights(model);
      for (int[] ends : PARTS) {
        BertModel.Trained trained = step(model, parts(features, ends), before);
        assertEquals(expected.loss(), trained.loss(), 1e-6 * Math.abs(expected.loss()), name);
        expected
            .losses()
            .forEach((loss, value) -> assertEquals(value, trained.losses().get(loss), 2e-6, loss));
        assertEquals(expected.gradientNorm(), trained.gradientNorm(), 1e-5);
        assertUpdatesEqual(before, after, weights(model));
      }
    }
  }

  /** A learning rate so high that the weights' own round-off is far below the update's. */
  private static BertModel.Trained step(
      BertModel model, List<Batch> parts, Map<String, float[]> weights) {
    weights.forEach((name, values) -> model.values().assign(name, FloatBuffer.wrap(values)));
    model.values().clearSlots();
    return model.train(parts, new Optimizer.Step(1, 100, 0), 0);
  }

  private static void assertUpdatesEqual(
      Map<String, float[]> before, Map<String, float[]> expected, Map<String, float[]> actual) {
    double largest = 0;
    double farthest = 0;
    for (String name : before.keySet()) {
      for (int i = 0; i < before.get(name).length; i++) {
        largest = Math.max(largest, Math.abs(expected.get(name)[i] - before.get(name)[i]));
        farthest = Math.max(farthest, Math.abs(expected.get(name)[i] - actual.get(name)[i]));
      }
    }
    assertTrue(largest > 1, "largest change " + largest);
    assertEquals(0, farthest / largest, TOLERANCE);
  }

  /** Means of unequal parts are not the mean of the whole: the test above can fail. */
  @Test
  void meanOfThePartsMeansIsAnotherLoss() {
    List<Feature> features = features(AccumulationTest::tagged);
    try (BertModel model =
        RandomModel.of(new TaggerHead(LABELS), Optional.of(TrainingSpec.DEFAULT))) {
      double whole = model.rehearse(Batch.of(features, 0), 0).loss();
      double mean =
          parts(features, PARTS.get(0)).stream()
              .mapToDouble(part -> model.rehearse(part, 0).loss())
              .average()
              .orElseThrow();
      assertTrue(Math.abs(whole - mean) > 1e-3, whole + " " + mean);
    }
  }

  @Test
  void classWeightsAreSummedUpToo() {
    TrainingSpec spec =
        TrainingSpec.DEFAULT.withClassWeights(Map.of("a", 5.0, "c", 0.1)).withLabelSmoothing(0.2);
    List<Feature> features = features(AccumulationTest::labelled);
    try (BertModel model = RandomModel.of(new ClassifierHead(LABELS), Optional.of(spec))) {
      double whole = model.rehearse(Batch.of(features, 0), 0).loss();
      model.values().clearSlots();
      double parts =
          model.train(parts(features, PARTS.get(2)), new Optimizer.Step(1, 1e-3, 1), 0).loss();
      assertEquals(whole, parts, 1e-6);
    }
  }

  @Test
  void partsWithoutAnyTargetChangeNothing() {
    List<Feature> features = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 4; i++) {
      features.add(RandomModel.feature(random, 3, Target.of(-100, -100, -100)));
    }
    TrainingSpec spec = TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0));
    try (BertModel model = RandomModel.of(new TaggerHead(LABELS), Optional.of(spec))) {
      BertModel.Trained trained =
          model.train(parts(features, new int[] {1, 4}), new Optimizer.Step(1, 1, 1), 0);
      assertEquals(0, trained.loss());
      assertEquals(0, trained.gradientNorm());
    }
  }

  /** With the whole's masks in every part, equal parts would drop the same neurons. */
  @Test
  void eachPartHasDropoutMasksOfItsOwn() {
    Feature same = RandomModel.feature(new Random(1), 6, Target.of(1));
    Batch batch = Batch.of(List.of(same), 0);
    TrainingSpec spec = TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0));
    try (BertModel model = RandomModel.of(new ClassifierHead(LABELS), 0.3, Optional.of(spec))) {
      double alone = model.rehearse(batch, 7).loss();
      assertEquals(alone, model.rehearse(batch, 7).loss(), "a function of the seed");
      Optimizer.Step none = new Optimizer.Step(1, 0, 0);
      double twice = model.train(List.of(batch, batch), none, 7).loss();
      assertNotEquals(alone, twice, 1e-4);
      assertEquals(twice, model.train(List.of(batch, batch), none, 7).loss());
    }
  }

  @Test
  void rehearsalTellsWhatTheStepWillAndChangesNothing() {
    Batch batch = Batch.of(features(AccumulationTest::labelled), 0);
    try (BertModel model =
        RandomModel.of(new ClassifierHead(LABELS), 0.1, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> before = weights(model);
      BertModel.Trained rehearsed = model.rehearse(batch, 3);
      assertUnchanged(before, weights(model));
      BertModel.Trained trained = model.train(List.of(batch), new Optimizer.Step(1, 1e-3, 1), 3);
      assertEquals(rehearsed, trained);
    }
  }

  private static void assertUnchanged(Map<String, float[]> before, Map<String, float[]> after) {
    before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
  }

  private static Map<String, float[]> weights(BertModel model) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      float[] values = new float[Math.toIntExact(parameter.spec().size())];
      model.values().read(parameter.name()).values().get(values);
      weights.put(parameter.name(), values);
    }
    return weights;
  }

  private static List<Batch> parts(List<Feature> features, int[] ends) {
    List<Batch> parts = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      parts.add(Batch.of(features.subList(from, end), 0));
      from = end;
    }
    return parts;
  }

  /** Each longer than the one before, so that parts are padded in other ways than the whole. */
  private static List<Feature> features(BiFunction<Random, Integer, Feature> maker) {
    Random random = new Random(5);
    return IntStream.range(0, SIZE).mapToObj(i -> maker.apply(random, 4 + i)).toList();
  }

  private static Feature labelled(Random random, int length) {
    return RandomModel.feature(random, length, Target.of(random.nextInt(3)));
  }

  private static Feature choices(Random random, int length) {
    int choices = 2 + random.nextInt(3);
    return Feature.of(
        IntStream.range(0, choices).mapToObj(i -> RandomModel.sequence(random, length)).toList(),
        Target.of(random.nextInt(choices)));
  }

  /** Of every third the end is not known. */
  private static Feature span(Random random, int length) {
    int end = length % 3 == 0 ? Target.IGNORED : length - 1;
    return RandomModel.feature(random, length, Target.of(random.nextInt(length), end));
  }

  /** From one to all tokens have a label. */
  private static Feature tagged(Random random, int length) {
    int[] labels = random.ints(length, 0, 3).toArray();
    Arrays.fill(labels, 1, 1 + random.nextInt(length), Target.IGNORED);
    return RandomModel.feature(random, length, Target.of(labels));
  }

  /** From none to three masked tokens. */
  private static Feature pretraining(Random random, int length) {
    int masked = length % 4;
    int[] tokens = random.ints(masked, 5, TinyBert.VOCABULARY.size()).toArray();
    return RandomModel.feature(random, length, Target.NONE)
        .at(IntStream.range(1, 1 + masked).toArray())
        .with(LanguageModelHeadsTest.TOKENS, Target.of(tokens))
        .with(LanguageModelHeadsTest.NEXT, Target.of(random.nextInt(2)));
  }

  private static Feature number(Random random, int length) {
    return RandomModel.feature(random, length, Target.of(random.nextFloat() * 5));
  }

  private static Feature labels(Random random, int length) {
    float[] each = new float[3];
    for (int i = 0; i < each.length; i++) {
      each[i] = random.nextInt(2);
    }
    return RandomModel.feature(random, length, Target.of(each));
  }

  /** Three labels that do not exclude each other. */
  private static Head multiLabel() {
    return new TestHead(
        List.of(TargetSpec.numbers(3)),
        Set.of(EncoderNeed.POOLED_OUTPUT),
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 3);
          Operand<TFloat32> losses =
              graph
                  .tf()
                  .math
                  .mean(graph.sigmoidCrossEntropy(logits, graph.numbers()), graph.tf().constant(1));
          return HeadOutput.logits(Layout.PER_FEATURE, logits)
              .trainedOn(losses, graph.tf().onesLike(losses));
        });
  }
}
