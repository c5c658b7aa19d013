// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training in bfloat16, on processors that have instructions for it. */
class BrainFloatTest {

  @Test
  void trainsAsFloat32DoesButRounded() {
    Precision.BFLOAT16.objection(ComputeDevice.CPU).ifPresent(reason -> assumeTrue(false, reason));

    double[] whole = losses(Precision.FLOAT32);
    double[] rounded = losses(Precision.BFLOAT16);

    assertNotEquals(whole[0], rounded[0], "it is really another precision");
    assertEquals(whole[0], rounded[0], 0.01 * whole[0]);
    int last = whole.length - 1;
    assertTrue(
        rounded[last] < 0.5 * rounded[0], "it learns: from " + rounded[0] + " to " + rounded[last]);
    assertEquals(whole[last], rounded[last], 0.1 * whole[0]);
  }

  /** Of forty steps on one batch. */
  private static double[] losses(Precision precision) {
    Random random = new Random(3);
    List<Feature> features =
        IntStream.range(0, 8)
            .mapToObj(i -> RandomModel.feature(random, 6, Target.of(i % 2)))
            .toList();
    Batch batch = Batch.of(features, 0);
    try (BertModel model =
        RandomModel.of(
            new ClassifierHead(List.of("a", "b")),
            Optional.of(TrainingSpec.DEFAULT.with(precision)))) {
      double[] losses = new double[40];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = model.train(List.of(batch), new Optimizer.Step(i + 1, 1e-3, 1), i).loss();
      }
      return losses;
    }
  }
}
