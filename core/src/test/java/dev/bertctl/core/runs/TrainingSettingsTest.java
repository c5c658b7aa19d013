// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a training do in a run. */
class TrainingSettingsTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run = new TinyRun(folder, 0).pairs("train", 24, 1).pairs("validation", 12, 2);
  }

  @Test
  void earlyStoppingEndsARunThatNoLongerGetsBetter() {
    run.task(BestEpochTest.scripted(true, new ArrayDeque<>(List.of(0.5, 0.6, 0.6005, 0.58, 0.7))));
    run.set("train.epochs", 5)
        .set("train.early-stopping.patience", 2)
        .set("train.early-stopping.min-delta", 0.01);
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.NEW, listener);
    JsonNode metrics = run.json("metrics.json");
    assertEquals(4, metrics.get("evaluations").size());
    assertEquals(3, metrics.get("best_epoch").asInt());
    assertTrue(
        listener
            .notices()
            .contains(
                "stopping early: score has not become better by more than 0.01 in 2 evaluations"),
        listener.notices()::toString);
  }

  @Test
  void aPrecisionThatBringsNothingIsRefused() {
    UserException e =
        assertThrows(UserException.class, () -> run.set("precision", "float16").run());
    assertEquals(
        "precision 'float16' cannot be used: processors multiply it no faster than float32; set precision: float32",
        e.getMessage());
  }

  @Test
  void bfloat16IsAnotherTraining() {
    Precision.BFLOAT16.objection(ComputeDevice.CPU).ifPresent(reason -> assumeTrue(false, reason));
    run.run();
    JsonNode whole = run.json("metrics.json");
    run.set("precision", "bfloat16").run(RunMode.OVERWRITE, new TinyRun.Listener());
    JsonNode rounded = run.json("metrics.json");
    assertNotEquals(whole.get("evaluations"), rounded.get("evaluations"));
  }

  @Test
  void evaluationsMayBeMadeWithinEpochs() {
    run.set("train.evaluate-every", "0.5 epochs").run();
    List<Double> epochs =
        run.json("metrics.json")
            .get("evaluations")
            .valueStream()
            .map(evaluation -> evaluation.get("epoch").asDouble())
            .toList();
    assertEquals(List.of(0.5, 1.0, 1.5, 2.0, 2.5, 3.0), epochs);
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> run.set("train.evaluate-every", "2 minutes").run());
    assertEquals(
        "a test: train.evaluate-every: evaluations by the clock cannot be repeated; give steps or epochs",
        e.getMessage());
  }

  @Test
  void theBestMayBeChosenByAnotherMetric() {
    run.set("train.best-metric", "loss").set("train.epochs", 6).run();
    JsonNode metrics = run.json("metrics.json");
    assertEquals("loss", metrics.get("primary").asText());
    double least =
        metrics
            .get("evaluations")
            .valueStream()
            .mapToDouble(evaluation -> evaluation.get("loss").asDouble())
            .min()
            .orElseThrow();
    assertEquals(least, metrics.get("loss").asDouble());
    ConfigException e =
        assertThrows(ConfigException.class, () -> run.set("train.best-metric", "f2").run());
    assertEquals(
        "a test: train.best-metric: the task has no metric 'f2'; it has: accuracy, f1, precision, recall, matthews_correlation, macro_f1, weighted_f1, loss",
        e.getMessage());
  }

  @Test
  void whatDivergesLeavesItsBatchForAReplay() {
    UserException e =
        assertThrows(UserException.class, () -> run.set("train.learning-rate", 1e30).run());
    assertTrue(e.getMessage().startsWith("training diverged at step "), e.getMessage());
    String file = e.getMessage().replaceFirst(".* is in ", "");
    JsonNode batch = TinyRun.read(Path.of(file)).get(0);
    assertEquals("tiny", batch.get("task").asText());
    assertEquals(4, batch.get("features").size());
    JsonNode feature = batch.get("features").get(0);
    assertTrue(feature.get("place").asText().matches(".*/train.csv:\\d+"), feature::toString);
    JsonNode sequence = feature.get("sequences").get(0);
    assertEquals("[CLS]", sequence.get("tokens").get(0).asText());
    assertEquals(sequence.get("tokens").size(), sequence.get("ids").size());
    assertTrue(feature.get("targets").size() > 0, feature::toString);
  }

  @Test
  void aBatchInPartsMakesTheSameUpdate() {
    // Adam would turn the round-off of tiny gradients into whole steps.
    run.set("train.optimizer", "sgd").set("train.learning-rate", 0.1);
    final Map<String, float[]> whole = weightsAfter();
    Map<String, float[]> parts = weightsAfter("train.micro-batch-size", "3");
    double farthest = 0;
    for (String name : whole.keySet()) {
      for (int i = 0; i < whole.get(name).length; i++) {
        farthest = Math.max(farthest, Math.abs(whole.get(name)[i] - parts.get(name)[i]));
      }
    }
    assertTrue(farthest < 1e-6, "farthest " + farthest);
  }

  @Test
  void aFrozenEncoderKeepsItsWeights() {
    Map<String, float[]> before = weights(folder.resolve("tiny-bert"));
    Map<String, float[]> after = weightsAfter("train.freeze", "encoder");
    int frozen = 0;
    for (Map.Entry<String, float[]> weight : after.entrySet()) {
      if (weight.getKey().startsWith("encoder.") || weight.getKey().startsWith("embeddings.")) {
        assertEquals(
            java.nio.FloatBuffer.wrap(before.get(weight.getKey())),
            java.nio.FloatBuffer.wrap(weight.getValue()),
            weight.getKey());
        frozen++;
      }
    }
    assertTrue(frozen > 30, "frozen " + frozen);
    assertNotEquals(
        java.nio.FloatBuffer.wrap(before.get("pooler.dense.weight")),
        java.nio.FloatBuffer.wrap(after.get("pooler.dense.weight")));
  }

  @Test
  void groupsOfParametersMustBeTheModels() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                run.set("train.parameter-groups[0].match", "encoder.layer.7.*")
                    .set("train.parameter-groups[0].frozen", true)
                    .run());
    assertTrue(
        e.getMessage()
            .startsWith(
                "a test: train.parameter-groups: no parameter of the model matches encoder.layer.7.*; its parameters are"
                    + " embeddings.word_embeddings.weight, "),
        e.getMessage());
  }

  @Test
  void everyOptimizerAndScheduleTrains() {
    for (String optimizer : List.of("adamw", "adam", "sgd")) {
      for (String schedule :
          List.of(
              "constant",
              "constant-with-warmup",
              "linear",
              "cosine",
              "cosine-with-restarts",
              "polynomial")) {
        run.set("train.optimizer", optimizer).set("train.schedule", schedule);
        run.set("train.epochs", 1).run();
        assertTrue(
            Double.isFinite(run.json("metrics.json").get("loss").asDouble()),
            optimizer + ", " + schedule);
      }
    }
  }

  @Test
  void batchesMayBeMeasuredInTokens() {
    run.set("train.batch-tokens", 40).run();
    long steps =
        run.trained().stream().mapToLong(line -> line.get("step").asLong()).max().orElseThrow();
    assertTrue(steps > 18, "steps " + steps);
    assertTrue(Files.exists(run.weights()));
  }

  @Test
  void aTimeBudgetEndsTheRun() {
    run.set("train.epochs", 100_000).set("train.max-minutes", 0.01).run();
    assertTrue(run.json("metrics.json").get("best_step").asLong() > 0);
  }

  @Test
  void classesMayWeighTheSame() {
    run.rows("train", List.of("a,b,yes", "b,a,yes", "a,c,yes", "c,a,no"));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.set("train.balance-classes", true).run(RunMode.OVERWRITE, listener);
    assertEquals(
        new TreeMap<>(Map.of("yes", 2.0 / 3, "no", 2.0)),
        new TreeMap<>(listener.opening().training().orElseThrow().spec().classWeights()));
    ConfigException e =
        assertThrows(ConfigException.class, () -> run.set("train.class-weights.yes", 2).run());
    assertEquals(
        "a test: train.balance-classes: the weights are given by train.class-weights; leave one of them out",
        e.getMessage());
  }

  @Test
  void oneClassOnlyIsSaidInTheOpening() {
    run.rows("train", List.of("a,b,yes", "b,a,yes"));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.OVERWRITE, listener);
    assertTrue(
        listener.notices().stream()
            .anyMatch(notice -> notice.startsWith("the only label in the training data is 'yes'")),
        listener.notices()::toString);
  }

  private Map<String, float[]> weightsAfter(String... setting) {
    if (setting.length > 0) {
      run.set(setting[0], setting[1]);
    }
    run.run();
    return weights(run.file("model"));
  }

  private static Map<String, float[]> weights(Path model) {
    Map<String, float[]> weights = new TreeMap<>();
    HuggingFaceFolder.weights(model)
        .forEach(
            (name, weight) -> {
              float[] values = new float[weight.values().remaining()];
              weight.values().get(values);
              weights.put(name, values);
            });
    return weights;
  }
}
