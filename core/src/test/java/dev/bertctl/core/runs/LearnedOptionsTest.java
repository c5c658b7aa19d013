// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.Assignments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options found in the training data and chosen on the validation data, and a task's own files. */
class LearnedOptionsTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    // Without a learning rate all epochs are the same, so the first is the best one.
    run =
        new TinyRun(folder, 0)
            .task(new LearningTask())
            .set("train.epochs", 2)
            .set("train.learning-rate", 1e-12)
            .pairs("train", 12, 1)
            .pairs("validation", 24, 2)
            .pairs("test", 24, 3);
  }

  @Test
  void labelsAreThoseOfTheTrainingData() {
    run.run();
    JsonNode saved = run.json("model/bertctl.json");
    assertEquals("[\"no\",\"yes\"]", saved.get("labels").toString());
    assertEquals("no,yes", saved.get("configuration").get("labels").asText());
    assertTrue(Files.exists(run.file("resolved.yaml")));
  }

  @Test
  void labelsThatTheUserGivesStay() {
    run.set("labels", "yes,no").run();
    assertEquals("[\"yes\",\"no\"]", run.json("model/bertctl.json").get("labels").toString());
  }

  @Test
  void theTunedThresholdIsReportedSavedAndUsed() {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.NEW, listener);
    JsonNode metrics = run.json("metrics.json");
    double threshold = metrics.get("tuned").get("threshold").asDouble();
    assertNotEquals(0.5, threshold);
    assertEquals(
        threshold, run.json("model/bertctl.json").get("configuration").get("threshold").asDouble());
    assertTrue(
        listener.evaluations().stream()
            .filter(RunListener.Evaluated::best)
            .anyMatch(best -> best.result().tuned().equals(Map.of("threshold", threshold))),
        listener.evaluations()::toString);
    for (JsonNode prediction : TinyRun.read(run.file("predictions.jsonl"))) {
      boolean positive = prediction.get("probabilities").get("yes").asDouble() > threshold;
      assertEquals(positive ? "yes" : "no", prediction.get("predicted").asText());
    }
  }

  @Test
  void withoutValidationDataNothingIsTunedAndTheRunSaysSo() {
    TinyRun.Listener listener = new TinyRun.Listener();
    new TinyRun(folder, 0)
        .task(new LearningTask())
        .set("train.epochs", 1)
        .pairs("train", 12, 1)
        .run(RunMode.NEW, listener);
    assertEquals(
        0.5, run.json("model/bertctl.json").get("configuration").get("threshold").asDouble());
    assertEquals(
        List.of("not tuned: options that are tuned need validation data, and stay as set"),
        listener.notices());
  }

  @Test
  void theSavedModelRepeatsTheRunsMetricsOnBothSplits() {
    run.run();
    JsonNode metrics = run.json("metrics.json");
    assertEquals(metrics.get("metrics"), evaluate("validation").get("metrics"));
    assertEquals(metrics.get("test").get("metrics"), evaluate("test").get("metrics"));
  }

  @Test
  void theTasksFilesAreWrittenByRunsAndEvaluations() throws IOException {
    run.run();
    List<String> predicted = new ArrayList<>();
    TinyRun.read(run.file("predictions.jsonl"))
        .forEach(prediction -> predicted.add(prediction.get("predicted").asText()));
    assertEquals(predicted, Files.readAllLines(run.file("labels.txt")));
    evaluate("validation");
    List<String> inJson = new ArrayList<>();
    TinyRun.read(folder.resolve("task-files/labels.json"))
        .get(0)
        .forEach(label -> inJson.add(label.asText()));
    assertEquals(predicted, inJson);
  }

  @Test
  void aRunRemovesWhatAnEarlierOneWroteAndItDoesNot() throws IOException {
    run.run();
    assertEquals(
        "[\"labels.txt\",\"labels.json\"]", run.json("metrics.json").get("task_files").toString());
    Path mine = Files.writeString(run.file("labels.csv"), "mine");
    new TinyRun(folder, 0)
        .task(new LearningTask())
        .set("train.epochs", 1)
        .pairs("train", 12, 1)
        .run();
    assertFalse(Files.exists(run.file("labels.txt")));
    assertFalse(Files.exists(run.file("labels.json")));
    assertTrue(Files.exists(mine));
  }

  @Test
  void nothingOutsideTheRunsFolderIsRemoved() throws IOException {
    Files.createDirectories(run.file("notes"));
    final Path[] kept = {
      Files.writeString(run.results().resolveSibling("mine.txt"), ""),
      Files.writeString(run.file("notes/mine.txt"), "")
    };
    Files.writeString(
        run.file("metrics.json"),
        "{\"task_files\": [\"../mine.txt\", \"notes/mine.txt\", \"notes\", \"..\", \"\", \"/\"]}");
    run.set("train.epochs", 1).run();
    for (Path file : kept) {
      assertTrue(Files.exists(file), file::toString);
    }
  }

  private JsonNode evaluate(String split) {
    FineTunedModel saved = FineTunedModel.open(run.results());
    Assignment data = Assignments.parse("data.test=" + folder.resolve(split + ".csv"));
    ModelEvaluation.Report report =
        new ModelEvaluation(
                saved,
                saved.config(run.plugin(), List.of(data)),
                TinyRun.STORE,
                new EvaluationOutputs(
                    Optional.empty(),
                    Optional.of(folder.resolve("task-files")),
                    Optional.empty(),
                    List.of()),
                new TinyRun.Listener())
            .run();
    return new ObjectMapper().valueToTree(report.fields());
  }
}
