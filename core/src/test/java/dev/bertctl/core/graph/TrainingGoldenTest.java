// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.json.JsonFile;
import dev.bertctl.core.packing.Batch;
import dev.bertctl.core.training.LearningRate;
import dev.bertctl.spi.head.ClassifierHead;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Gradients and optimizer steps against PyTorch, dropout off. */
class TrainingGoldenTest {

  /**
   * Relative to the largest gradient of the parameter; the reference's own float32 round-off is
   * 7.5e-7.
   */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /** Absolute; the reference's own float32 round-off after three steps is 3.1e-7. */
  private static final double STEP_TOLERANCE = 1e-5;

  private final GoldenModel golden = GoldenModel.of("training");
  private final Batch batch = golden.batch();

  @Test
  void everyGradientEqualsPyTorch() {
    try (BertModel model = model()) {
      Map<String, float[]> gradients = model.gradients(batch, 0);
      assertEquals(parameterNames("grad."), new TreeSet<>(gradients.keySet()));
      gradients.forEach(
          (name, actual) -> {
            float[] expected = golden.floats("grad." + huggingFaceName(name));
            double largest = 1e-3; // of key biases, whose true gradient is 0
            for (float value : expected) {
              largest = Math.max(largest, Math.abs(value));
            }
            assertClose(name, expected, actual, GRADIENT_TOLERANCE * largest);
          });
    }
  }

  @Test
  void threeStepsOfAdamWEqualPyTorch() {
    JsonNode recipe = JsonFile.read(golden.folder().resolve("training.json"));
    LearningRate schedule =
        new LearningRate(
            recipe.get("peak_learning_rate").asDouble(),
            recipe.get("warmup_steps").asLong(),
            recipe.get("total_steps").asLong());
    try (BertModel model = model()) {
      for (int step = 1; step <= 3; step++) {
        JsonNode reference = recipe.get("steps").get(step - 1);
        double rate = schedule.at(step);
        assertEquals(reference.get("learning_rate").asDouble(), rate, 1e-12);
        BertModel.Trained trained =
            model.train(
                batch,
                new AdamW.Step(
                    step,
                    rate,
                    recipe.get("weight_decay").asDouble(),
                    recipe.get("clip_norm").asDouble()),
                0);
        assertEquals(reference.get("loss").asDouble(), trained.loss(), 1e-5);
        double norm = reference.get("gradient_norm_before_clipping").asDouble();
        assertEquals(norm, trained.gradientNorm(), 1e-4 * norm);
      }
      for (String name : parameterNames("step3.")) {
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

  private BertModel model() {
    return golden.build(new ClassifierHead(List.of("a", "b", "c")), BertModel.Mode.TRAINING);
  }

  private TreeSet<String> parameterNames(String kind) {
    TreeSet<String> names = new TreeSet<>();
    for (String name : golden.expected().names()) {
      if (name.startsWith(kind)) {
        names.add(name.substring(kind.length()).replaceFirst("^bert\\.", ""));
      }
    }
    assertTrue(names.size() > 40, "all parameters are there");
    return names;
  }

  private static String huggingFaceName(String name) {
    return name.startsWith("classifier.") ? name : "bert." + name;
  }

  private static void assertClose(String name, float[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, name + " value " + i);
    }
  }
}
