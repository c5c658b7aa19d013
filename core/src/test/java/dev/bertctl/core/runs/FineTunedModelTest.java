// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run saved, opened again. */
class FineTunedModelTest {

  @TempDir static Path folder;
  private final TinyRun run = runOf();

  @BeforeAll
  static void train() {
    runOf().pairs("train", 16, 1).pairs("validation", 12, 1).run();
  }

  private static TinyRun runOf() {
    return new TinyRun(folder, 0.1)
        .set("data.train", folder.resolve("train.csv"))
        .set("data.validation", folder.resolve("validation.csv"))
        .set("train.learning-rate", 5e-3)
        .set("train.epochs", 12);
  }

  @Test
  void evaluationRepeatsTheRunsOwnPredictionsAndMetrics() {
    Path predictions = folder.resolve("predictions.jsonl");
    FineTunedModel saved = FineTunedModel.open(run.results());
    TaskConfig<?> config =
        config(
            saved,
            "data.test=" + folder.resolve("validation.csv"),
            "train.evaluation-batch-size=5");
    Map<String, Object> result =
        new ModelEvaluation(
                saved,
                config,
                TinyRun.STORE,
                Optional.of(predictions),
                Optional.empty(),
                new TinyRun.Listener())
            .run();
    assertSame(TinyRun.read(run.file("predictions.jsonl")), TinyRun.read(predictions));
    JsonNode metrics = run.json("metrics.json");
    assertEquals(12, result.get("examples"));
    assertEquals(metrics.get("loss").asDouble(), (double) result.get("loss"), 1e-6);
    assertEquals(metrics.get("metrics"), tree(result.get("metrics")));
    assertEquals(metrics.get("details"), tree(result.get("details")));
  }

  @Test
  void predictionRepeatsTheRunsOwnPredictions() {
    FineTunedModel saved = FineTunedModel.open(run.results().resolve("model"));
    TaskConfig<?> config = config(saved, "train.evaluation-batch-size=5");
    List<JsonNode> predictions = new ArrayList<>();
    new ModelPrediction(saved, config, TinyRun.STORE, Optional.empty(), new TinyRun.Listener())
        .run(
            DataFiles.open(
                folder.resolve("validation.csv"), Optional.empty(), Optional.empty(), Map.of()),
            fields -> predictions.add(tree(fields)));
    assertSame(TinyRun.read(run.file("predictions.jsonl")), predictions);
  }

  @Test
  void labelsInAnotherOrderAreRefused() {
    FineTunedModel saved = FineTunedModel.open(run.results());
    String message =
        "the labels differ: the model in %s has, in order, no, yes; the task is configured with yes, no."
                .formatted(run.file("model"))
            + " Use the model's labels, or ";
    TaskConfig<?> config =
        config(saved, "labels=yes,no", "data.test=" + folder.resolve("validation.csv"));
    ModelEvaluation evaluation =
        new ModelEvaluation(
            saved,
            config,
            TinyRun.STORE,
            Optional.empty(),
            Optional.empty(),
            new TinyRun.Listener());
    assertEquals(
        message + "fine-tune a model with yours",
        assertThrows(UserException.class, evaluation::run).getMessage());
    run.set("model", run.file("model")).set("labels", "yes,no");
    assertEquals(
        message
            + "begin with its encoder alone: 'bertctl models export %s DIR', then DIR as the model"
                .formatted(run.file("model")),
        assertThrows(UserException.class, run::run).getMessage());
  }

  @Test
  void savedModelIsFineTunedFurther() {
    final double before = run.json("metrics.json").get("loss").asDouble();
    TinyRun.Listener listener = new TinyRun.Listener();
    run.set("model", run.file("model"))
        .set("output", folder.resolve("further"))
        .set("train.learning-rate", 1e-12)
        .set("train.epochs", 1);
    run.run(false, listener);
    // With so small a rate the model stays what it was, head included.
    assertEquals(before, run.json("metrics.json").get("loss").asDouble(), 1e-5);
    assertTrue(
        listener.lines().stream().anyMatch(line -> line.startsWith("weights")),
        listener.lines()::toString);
  }

  @Test
  void folderWithoutAModelIsRefused() {
    UserException e = assertThrows(UserException.class, () -> FineTunedModel.open(folder));
    assertEquals(
        folder
            + ": no model saved by bertctl (no bertctl.json here or in model/); give the folder of a"
            + " finished run, such as runs/nli",
        e.getMessage());
  }

  private TaskConfig<?> config(FineTunedModel saved, String... assignments) {
    return saved.config(run.plugin(), Stream.of(assignments).map(Assignment::parse).toList());
  }

  /** As it is after writing and reading. */
  private static JsonNode tree(Object value) {
    try {
      return new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Probabilities may differ by the round-off of other batches. */
  private static void assertSame(List<JsonNode> expected, List<JsonNode> actual) {
    assertEquals(12, expected.size());
    assertEquals(
        Set.of("no", "yes"),
        expected.stream().map(line -> line.get("predicted").asText()).collect(Collectors.toSet()));
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      for (String field : List.of("first", "second", "label", "predicted")) {
        assertEquals(expected.get(i).get(field), actual.get(i).get(field), "line " + i);
      }
      for (String label : List.of("no", "yes")) {
        assertEquals(
            expected.get(i).get("probabilities").get(label).asDouble(),
            actual.get(i).get("probabilities").get(label).asDouble(),
            1e-6,
            "line " + i);
      }
    }
  }
}
