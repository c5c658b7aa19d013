// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {

  @TempDir Path folder;

  @Test
  void twoLayersLearnEightRows() {
    TinyRun run =
        new TinyRun(folder, 0)
            .pairs("train", 8, 1)
            .pairs("validation", 8, 1)
            .set("train.epochs", 60)
            .set("train.learning-rate", 5e-3);
    run.run();
    var metrics = run.json("metrics.json");
    assertEquals(8, metrics.get("examples").asInt());
    assertEquals(1, metrics.get("metrics").get("accuracy").asDouble());
    // The best epoch is the first with accuracy 1; the last one has learned the rows by heart.
    assertTrue(metrics.get("evaluations").get(0).get("loss").asDouble() > 0.1, metrics::toString);
    assertTrue(metrics.get("evaluations").get(59).get("loss").asDouble() < 0.01, metrics::toString);
  }

  @Test
  void sameSeedGivesTheSameRunAndAnotherSeedAnotherOne() throws IOException {
    TinyRun run = new TinyRun(folder, 0.1).pairs("train", 24, 1).pairs("validation", 12, 2);
    run.set("output", folder.resolve("first")).run();
    final var metrics = run.json("metrics.json");
    final var history = run.history();
    final byte[] weights = Files.readAllBytes(run.weights());
    final String predictions = Files.readString(run.file("predictions.jsonl"));

    run.set("output", folder.resolve("again")).run();
    assertEquals(metrics, run.json("metrics.json"));
    assertEquals(history, run.history());
    assertEquals(predictions, Files.readString(run.file("predictions.jsonl")));
    org.junit.jupiter.api.Assertions.assertArrayEquals(weights, Files.readAllBytes(run.weights()));

    run.set("output", folder.resolve("other")).set("train.seed", 43).run();
    assertNotEquals(history, run.history());
    assertNotEquals(predictions, Files.readString(run.file("predictions.jsonl")));
  }

  @Test
  void dropoutOfTheConfigurationReplacesTheModels() throws IOException {
    TinyRun run = new TinyRun(folder, 0.5).pairs("train", 8, 1);
    run.set("output", folder.resolve("own")).run();
    final var own = run.history();
    run.set("output", folder.resolve("none")).set("train.dropout", 0).run();
    final var none = run.history();
    assertNotEquals(own, none);
    run.set("output", folder.resolve("seed")).set("train.seed", 42).run();
    assertEquals(none, run.history());
  }

  @Test
  void historyHasALineForEachStep() {
    TinyRun run = new TinyRun(folder, 0).pairs("train", 8, 1).set("train.warmup-ratio", 0);
    run.run();
    var history = run.history();
    assertEquals(6, history.size());
    for (int i = 0; i < 6; i++) {
      assertEquals(i + 1, history.get(i).get("step").asInt());
      assertEquals(i / 2 + 1, history.get(i).get("epoch").asInt());
      assertEquals(1e-3 * (6 - i) / 6, history.get(i).get("learning_rate").asDouble(), 1e-9);
      assertTrue(history.get(i).get("loss").asDouble() > 0);
      assertTrue(history.get(i).get("gradient_norm").asDouble() > 0);
    }
  }

  @Test
  void divergenceIsToldWithTheLearningRate() {
    TinyRun run =
        new TinyRun(folder, 0)
            .pairs("train", 8, 1)
            .set("train.learning-rate", "1e30")
            .set("train.warmup-ratio", 0);
    UserException e = assertThrows(UserException.class, run::run);
    assertEquals(
        "training diverged at step 2: loss NaN, gradient norm NaN; lower train.learning-rate (now 1.0E30); what went into the step is in "
            + folder.resolve("runs/tiny.diverged-step-2.json"),
        e.getMessage());
  }

  @Test
  void moreTokensThanPositionsAreRefused() {
    TinyRun run = new TinyRun(folder, 0).pairs("train", 8, 1).set("max-length", 64);
    UserException e = assertThrows(UserException.class, run::run);
    assertEquals(
        "a test: max-length: 64 is more than the 32 positions of model %s; set at most that"
            .formatted(folder.resolve("tiny-bert")),
        e.getMessage());
  }

  /** As a saved model's bertctl.json may have it. */
  @Test
  void aValueOfWhiteSpaceIsNone() {
    TinyRun run = new TinyRun(folder, 0).pairs("train", 8, 1).set("train.batch-size", " ");
    ConfigException e = assertThrows(ConfigException.class, run::run);
    assertTrue(
        e.getMessage().contains("'train.batch-size' must be an integer of at least 1, not ' '"),
        e::getMessage);
  }
}
