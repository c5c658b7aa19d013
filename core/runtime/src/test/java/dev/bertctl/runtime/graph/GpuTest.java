// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A GPU computes what the processor computes; in float32, which is not TF32. Prints the largest
 * differences.
 */
@Tag("gpu")
class GpuTest {

  private static final int STEPS = 10;
  private static final double RATE = 1e-3;

  private static ComputeDevice gpu;

  @BeforeAll
  static void findGpu() {
    gpu = ComputeDevice.of(Device.of("gpu"));
  }

  @Test
  void outputsAreThoseOfTheProcessor() {
    Batch batch = batch();
    try (BertModel here = model(Precision.FLOAT32, ComputeDevice.CPU);
        BertModel there = model(Precision.FLOAT32, gpu)) {
      Map<String, float[]> expected = here.encoded(batch);
      Map<String, float[]> actual = there.encoded(batch);
      double most =
          expected.keySet().stream()
              .mapToDouble(name -> difference(expected.get(name), actual.get(name)))
              .max()
              .orElseThrow();
      report("hidden states", most, 1e-5);
    }
  }

  @Test
  void lossAndGradientsAreThoseOfTheProcessor() {
    Batch batch = batch();
    try (BertModel here = model(Precision.FLOAT32, ComputeDevice.CPU);
        BertModel there = model(Precision.FLOAT32, gpu)) {
      Map<String, float[]> expected = here.gradients(batch, 0);
      Map<String, float[]> actual = there.gradients(batch, 0);
      double most =
          expected.keySet().stream()
              .mapToDouble(name -> difference(expected.get(name), actual.get(name)))
              .max()
              .orElseThrow();
      report("gradients", most, 1e-5);
    }
  }

  @Test
  void tenStepsAreThoseOfTheProcessor() {
    double[] expected = losses(Precision.FLOAT32, ComputeDevice.CPU);
    double[] actual = losses(Precision.FLOAT32, gpu);
    double most =
        IntStream.range(0, STEPS)
            .mapToDouble(step -> Math.abs(expected[step] - actual[step]))
            .max()
            .orElseThrow();
    report("losses of ten steps", most, 1e-4);
  }

  @Test
  void tf32TrainsAsFloat32DoesButRounded() {
    trainsLikeFloat32(Precision.TF32, 0.01);
  }

  @Test
  void float16TrainsAsFloat32DoesButRounded() {
    trainsLikeFloat32(Precision.FLOAT16, 0.01);
  }

  private static void trainsLikeFloat32(Precision precision, double share) {
    precision.objection(gpu).ifPresent(reason -> assumeTrue(false, reason));
    double[] whole = losses(Precision.FLOAT32, gpu);
    double[] rounded = losses(precision, gpu);
    double most =
        IntStream.range(0, STEPS)
            .mapToDouble(step -> Math.abs(whole[step] - rounded[step]))
            .max()
            .orElseThrow();
    report("losses of ten steps in " + precision, most, share * whole[0]);
    assertTrue(rounded[STEPS - 1] < rounded[0], "it learns");
  }

  private static void report(String what, double most, double allowed) {
    System.out.printf("gpu and cpu, %s: largest difference %.3g%n", what, most);
    assertEquals(0, most, allowed, what);
  }

  private static double difference(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    return IntStream.range(0, expected.length)
        .mapToDouble(i -> Math.abs(expected[i] - actual[i]))
        .max()
        .orElse(0);
  }

  private static double[] losses(Precision precision, ComputeDevice device) {
    LossScale scale = precision.scalesLoss() ? LossScale.START : LossScale.NONE;
    try (BertModel model = model(precision, device)) {
      return IntStream.range(0, STEPS)
          .mapToDouble(
              step ->
                  model
                      .train(List.of(batch()), new Optimizer.Step(step + 1, RATE, 1, scale), step)
                      .loss())
          .toArray();
    }
  }

  private static Batch batch() {
    Random random = new Random(3);
    List<Feature> features =
        IntStream.range(0, 8)
            .mapToObj(i -> RandomModel.feature(random, 4 + i, Target.of(i % 2)))
            .toList();
    return Batch.of(features, 0);
  }

  private static BertModel model(Precision precision, ComputeDevice device) {
    return RandomModel.of(
        TinyBert.config(0),
        new ClassifierHead(List.of("a", "b")),
        Optional.of(TrainingSpec.DEFAULT.with(precision)),
        device);
  }
}
