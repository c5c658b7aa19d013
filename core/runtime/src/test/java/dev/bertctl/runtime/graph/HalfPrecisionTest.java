// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training in float16 with a scaled loss, which processors compute too, if slowly. */
class HalfPrecisionTest {

  @BeforeAll
  static void needsARewriterForProcessors() {
    assumeTrue(TensorFlowLine.COMPUTES_FLOAT16);
  }

  @Test
  void trainsAsFloat32DoesButRounded() {
    double[] whole = losses(Precision.FLOAT32, 6);
    double[] rounded = losses(Precision.FLOAT16, 6);

    assertNotEquals(whole[0], rounded[0], "it is really another precision");
    assertEquals(whole[0], rounded[0], 0.002 * whole[0]);
    int last = whole.length - 1;
    assertTrue(
        rounded[last] < 0.5 * rounded[0], "it learns: from " + rounded[0] + " to " + rounded[last]);
    assertEquals(whole[last], rounded[last], 0.05 * whole[0]);
  }

  @Test
  void paddingIsNotSeen() {
    Random random = new Random(3);
    Feature one = RandomModel.feature(random, 4, Target.of(1));
    Feature longer = RandomModel.feature(random, 12, Target.of(0));
    try (BertModel model = model(Precision.FLOAT16)) {
      float[] alone = model.predict(Batch.of(List.of(one), 0)).get(0).get("logits").values();
      float[] beside =
          model.predict(Batch.of(List.of(one, longer), 0)).get(0).get("logits").values();

      assertArrayEquals(alone, beside, 2e-3f);
    }
  }

  @Test
  void gradientsBelowFloat16sSmallestNumberAreThereIfTheLossIsScaled() {
    Batch batch = batch(new Random(5), 6);
    try (BertModel half = model(Precision.FLOAT16);
        BertModel whole = model(Precision.FLOAT32)) {
      Optimizer.Step none = new Optimizer.Step(1, 0, 0, LossScale.START);
      double expected = whole.train(List.of(batch), new Optimizer.Step(1, 0, 0), 0).gradientNorm();

      double norm = half.train(List.of(batch), none, 0).gradientNorm();

      assertEquals(expected, norm, 0.01 * expected);
    }
  }

  @Test
  void aGradientTooLargeLeavesTheWeightsAsTheyAre() {
    Batch batch = batch(new Random(5), 6);
    try (BertModel model = model(Precision.FLOAT16)) {
      Map<String, FloatBuffer> before = values(model);

      BertModel.Trained skipped =
          model.train(List.of(batch), new Optimizer.Step(1, 1e-2, 1, new LossScale(1e9, 0, 0)), 0);

      assertTrue(!Double.isFinite(skipped.gradientNorm()), "norm " + skipped.gradientNorm());
      assertTrue(Double.isFinite(skipped.loss()), "the loss itself is not scaled");
      values(model).forEach((name, values) -> assertEquals(before.get(name), values, name));

      BertModel.Trained made =
          model.train(List.of(batch), new Optimizer.Step(1, 1e-2, 1, LossScale.START), 0);
      assertTrue(Double.isFinite(made.gradientNorm()));
      assertNotEquals(before.get("classifier.bias"), values(model).get("classifier.bias"));
    }
  }

  @Test
  void partsOfABatchGiveTheStepOfTheWhole() {
    Random random = new Random(9);
    List<Feature> features =
        List.of(
            RandomModel.feature(random, 6, Target.of(0)),
            RandomModel.feature(random, 6, Target.of(1)));
    Optimizer.Step step = new Optimizer.Step(1, 0, 0, LossScale.START);
    try (BertModel model = model(Precision.FLOAT16)) {
      BertModel.Trained whole = model.train(List.of(Batch.of(features, 0)), step, 0);
      BertModel.Trained parts =
          model.train(
              List.of(Batch.of(features.subList(0, 1), 0), Batch.of(features.subList(1, 2), 0)),
              step,
              0);

      assertEquals(whole.loss(), parts.loss(), 1e-3);
      assertEquals(whole.gradientNorm(), parts.gradientNorm(), 5e-3 * whole.gradientNorm());
    }
  }

  private static Map<String, FloatBuffer> values(BertModel model) {
    Map<String, FloatBuffer> values = new LinkedHashMap<>();
    model.values().names().forEach(name -> values.put(name, model.values().read(name).values()));
    return values;
  }

  private static Batch batch(Random random, int length) {
    return Batch.of(
        List.of(
            RandomModel.feature(random, length, Target.of(0)),
            RandomModel.feature(random, length + 3, Target.of(1))),
        0);
  }

  private static BertModel model(Precision precision) {
    return RandomModel.of(
        new ClassifierHead(List.of("a", "b")), Optional.of(TrainingSpec.DEFAULT.with(precision)));
  }

  /** Of forty steps on one batch. */
  private static double[] losses(Precision precision, int length) {
    Random random = new Random(3);
    Batch batch = batch(random, length);
    LossScale scale = precision.scalesLoss() ? LossScale.START : LossScale.NONE;
    try (BertModel model = model(precision)) {
      double[] losses = new double[40];
      for (int i = 0; i < losses.length; i++) {
        losses[i] =
            model.train(List.of(batch), new Optimizer.Step(i + 1, 1e-3, 1, scale), i).loss();
      }
      return losses;
    }
  }
}
