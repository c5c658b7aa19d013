// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.training.LearningRate;
import dev.bertctl.runtime.training.ScheduleSpec;
import dev.bertctl.runtime.training.Warmup;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stock heads and the optimizer against Hugging Face's classes on PyTorch, dropout off: logits,
 * losses, gradients and steps.
 */
class TrainingGoldenTest {

  /** Absolute, of logits and losses up to 6; the reference's own float32 round-off is 2e-6. */
  private static final double OUTPUT_TOLERANCE = 1e-5;

  /**
   * Relative to the largest gradient of the parameter; the reference's own float32 round-off is
   * 5e-6.
   */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /**
   * Taken for the largest gradient of parameters that truly have none, such as key biases: nothing
   * but round-off is there, in the reference up to 1.2e-7. All others have larger ones.
   */
  private static final double ZERO_GRADIENT = 1e-2;

  /** Absolute; the reference's own float32 round-off after three steps is 3.1e-7. */
  private static final double STEP_TOLERANCE = 1e-5;

  private static final List<String> LABELS = List.of("a", "b", "c");

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments("training", new ClassifierHead(LABELS)),
        arguments("heads/tagger", new TaggerHead(LABELS)),
        arguments("heads/span", new SpanHead()),
        arguments("heads/choice", new ChoiceHead()),
        arguments("heads/regression", new RegressionHead()),
        arguments("heads/numbers", new RegressionHead(List.of("a", "b"))),
        arguments("heads/multi-label", new MultiLabelHead(LABELS)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void logitsLossAndEveryGradientEqualPyTorch(String folder, Head head) {
    GoldenModel golden = GoldenModel.of(folder);
    Batch batch = golden.batch();
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Evaluated evaluated = model.evaluate(batch);
      assertLogitsEqual(
          golden.floats("logits"),
          evaluated.outputs().stream().map(output -> output.get(HeadOutput.LOGITS)).toList());
      double loss = evaluated.losses().get(HeadOutput.LOSS).mean();
      assertEquals(golden.floats("loss")[0], loss, OUTPUT_TOLERANCE);
      assertGradientsEqual(golden, model.gradients(batch, 0));
    }
  }

  @Test
  void threeStepsOfAdamWEqualPyTorch() {
    GoldenModel golden = GoldenModel.of("training");
    JsonNode recipe = JsonFile.read(golden.folder().resolve("training.json"));
    LearningRate schedule =
        new LearningRate(
            ScheduleSpec.of(
                ScheduleSpec.Kind.LINEAR, new Warmup.Steps(recipe.get("warmup_steps").asLong())),
            recipe.get("peak_learning_rate").asDouble(),
            recipe.get("total_steps").asLong());
    TrainingSpec spec =
        TrainingSpec.DEFAULT.with(
            ParameterGroups.uniform(1, recipe.get("weight_decay").asDouble()));
    try (BertModel model = golden.build(new ClassifierHead(LABELS), Optional.of(spec))) {
      for (int step = 1; step <= 3; step++) {
        JsonNode reference = recipe.get("steps").get(step - 1);
        double rate = schedule.at(step - 1);
        assertEquals(reference.get("learning_rate").asDouble(), rate, 1e-12);
        BertModel.Trained trained =
            model.train(
                List.of(golden.batch()),
                new Optimizer.Step(step, rate, recipe.get("clip_norm").asDouble()),
                0);
        assertEquals(reference.get("loss").asDouble(), trained.loss(), 1e-5);
        double norm = reference.get("gradient_norm_before_clipping").asDouble();
        assertEquals(norm, trained.gradientNorm(), 1e-4 * norm);
      }
      for (String name : parameterNames(golden)) {
        // Adam turns the round-off of a gradient that is truly 0 into steps of any size.
        if (!name.endsWith("attention.self.key.bias")) {
          float[] expected = golden.floats("step3." + huggingFaceName(name));
          float[] actual = new float[expected.length];
          model.values().read(name).values().get(actual);
          assertClose(name, expected, actual, STEP_TOLERANCE);
        }
      }
    }
  }

  /** The reference's rows are all as long as the longest; padding stands at their ends. */
  private static void assertLogitsEqual(float[] expected, List<Matrix> actual) {
    int row = expected.length / actual.size();
    for (int i = 0; i < actual.size(); i++) {
      float[] values = actual.get(i).values();
      float[] own = Arrays.copyOfRange(expected, i * row, i * row + values.length);
      assertClose("logits of row " + i, own, values, OUTPUT_TOLERANCE);
    }
  }

  static void assertGradientsEqual(GoldenModel golden, Map<String, float[]> gradients) {
    assertEquals(parameterNames(golden), gradients.keySet());
    gradients.forEach(
        (name, actual) -> {
          float[] expected = golden.floats("grad." + huggingFaceName(name));
          double largest = ZERO_GRADIENT;
          for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertClose(name, expected, actual, GRADIENT_TOLERANCE * largest);
        });
  }

  /** All that transformers has in this model, no more and no less. */
  private static Set<String> parameterNames(GoldenModel golden) {
    return HuggingFaceFolder.weights(golden.folder()).keySet();
  }

  private static String huggingFaceName(String name) {
    return BertParameters.isOfModel(name) ? "bert." + name : name;
  }

  private static void assertClose(String name, float[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, name + " value " + i);
    }
  }
}
