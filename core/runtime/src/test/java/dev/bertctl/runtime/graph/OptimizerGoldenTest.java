// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimizers, parameter groups, label smoothing and class weights against PyTorch, dropout off;
 * made by make_optimizer_golden.py.
 */
class OptimizerGoldenTest {

  /** Absolute; round-off of the losses is 1e-6, and of the weights after four steps as much. */
  private static final double TOLERANCE = 1e-5;

  /** Relative to the largest gradient of a parameter, as in {@link TrainingGoldenTest}. */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final Map<String, Double> WEIGHTS = Map.of("a", 0.5, "b", 2.0);

  static Stream<Arguments> optimizers() {
    return Stream.of(
        arguments("adamw", new OptimizerSpec.AdamW(0.8, 0.99, 1e-3)),
        arguments("adam", new OptimizerSpec.Adam(0.9, 0.98, 2e-3)),
        arguments("momentum", new OptimizerSpec.Sgd(0.9)),
        arguments("sgd", new OptimizerSpec.Sgd(0)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsWithGroupsEqualPyTorch(String name, OptimizerSpec optimizer) {
    JsonNode expected = expected("steps.json").get(name);
    GoldenModel golden = GoldenModel.of("training");
    ParameterGroups groups =
        ParameterGroups.uniform(0.01, 0.1)
            .withLayerDecay(0.5)
            .withHeadLearningRate(0.02)
            .withGroups(
                List.of(
                    new ParameterGroups.Group(
                        "*.intermediate.dense.bias", Optional.empty(), Optional.of(0.3), false),
                    new ParameterGroups.Group(
                        "encoder.layer.0.output.*", Optional.empty(), Optional.empty(), true)));
    TrainingSpec spec = TrainingSpec.DEFAULT.with(optimizer).with(groups);
    try (BertModel model = golden.build(new ClassifierHead(LABELS), Optional.of(spec))) {
      for (int step = 1; step <= expected.get("losses").size(); step++) {
        BertModel.Trained trained =
            model.train(List.of(golden.batch()), new Optimizer.Step(step, 0.01, 1), 0);
        assertEquals(
            expected.get("losses").get(step - 1).asDouble(), trained.loss(), TOLERANCE, name);
      }
      expected
          .get("weights")
          .properties()
          .forEach(
              weight -> {
                float[] actual = new float[weight.getValue().size()];
                model.values().read(weight.getKey()).values().get(actual);
                assertClose(weight.getKey(), weight.getValue(), actual, TOLERANCE);
              });
    }
  }

  static Stream<Arguments> losses() {
    TrainingSpec smoothed = TrainingSpec.DEFAULT.withLabelSmoothing(0.1);
    TrainingSpec weighted = TrainingSpec.DEFAULT.withClassWeights(WEIGHTS);
    TrainingSpec both = smoothed.withClassWeights(WEIGHTS);
    Head classifier = new ClassifierHead(LABELS);
    Head tagger = new TaggerHead(LABELS);
    return Stream.of(
        arguments("classifier-smoothed", "training", classifier, smoothed),
        arguments("classifier-weighted", "training", classifier, weighted),
        arguments("classifier-both", "training", classifier, both),
        arguments("tagger-smoothed", "heads/tagger", tagger, smoothed),
        arguments("tagger-weighted", "heads/tagger", tagger, weighted),
        arguments("tagger-both", "heads/tagger", tagger, both),
        arguments("span-smoothed", "heads/span", new SpanHead(), smoothed));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void smoothedAndWeightedLossesEqualPyTorch(
      String name, String folder, Head head, TrainingSpec spec) {
    JsonNode expected = expected("losses.json").get(name);
    GoldenModel golden = GoldenModel.of(folder);
    try (BertModel model = golden.build(head, Optional.of(spec))) {
      double loss = model.rehearse(golden.batch(), 0).loss();
      assertEquals(expected.get("loss").asDouble(), loss, TOLERANCE);
      Map<String, float[]> gradients = model.gradients(golden.batch(), 0);
      expected
          .get("gradients")
          .properties()
          .forEach(
              gradient ->
                  assertClose(
                      gradient.getKey(),
                      gradient.getValue(),
                      gradients.get(gradient.getKey()),
                      GRADIENT_TOLERANCE * largest(gradient.getValue())));
      // Evaluation measures the plain loss.
      double plain = model.evaluate(golden.batch()).losses().get(HeadOutput.LOSS).mean();
      assertEquals(golden.floats("loss")[0], plain, TOLERANCE);
      assertTrue(Math.abs(plain - loss) > 1e-3, "plain %s, trained %s".formatted(plain, loss));
    }
  }

  private static JsonNode expected(String file) {
    return JsonFile.read(GoldenModel.folder("optimizers").resolve(file));
  }

  private static double largest(JsonNode values) {
    double largest = 0;
    for (JsonNode value : values) {
      largest = Math.max(largest, Math.abs(value.asDouble()));
    }
    return largest;
  }

  private static void assertClose(
      String name, JsonNode expected, float[] actual, double tolerance) {
    assertEquals(expected.size(), actual.length, name);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.get(i).asDouble(), actual[i], tolerance, name + " value " + i);
    }
  }
}
