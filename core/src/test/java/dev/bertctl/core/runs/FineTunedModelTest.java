// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.ExportEncoder;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    EvaluationResult result =
        new ModelEvaluation(
                saved,
                config,
                TinyRun.STORE,
                new EvaluationOutputs(
                    Optional.of(predictions), Optional.empty(), Optional.empty(), List.of()),
                new TinyRun.Listener())
            .run()
            .result();
    assertSame(TinyRun.read(run.file("predictions.jsonl")), TinyRun.read(predictions));
    JsonNode metrics = run.json("metrics.json");
    assertEquals(12, result.examples());
    assertEquals(metrics.get("loss").asDouble(), result.loss(), 1e-6);
    assertEquals(metrics.get("metrics"), TinyRun.tree(result.metrics()));
    ObjectNode expected = (ObjectNode) metrics.get("details");
    ObjectNode details = (ObjectNode) TinyRun.tree(DetailFields.of(result.details()));
    // Of probabilities, whose last digits the graph for inference has otherwise.
    String error = "expected_calibration_error";
    assertEquals(expected.remove(error).asDouble(), details.remove(error).asDouble(), 1e-6);
    assertEquals(expected, details);
  }

  @Test
  void predictionRepeatsTheRunsOwnPredictions() {
    FineTunedModel saved = FineTunedModel.open(run.results().resolve("model"));
    TaskConfig<?> config = config(saved, "train.evaluation-batch-size=5");
    List<JsonNode> predictions = new ArrayList<>();
    new ModelPrediction(
            config,
            saved.files(TinyRun.STORE),
            Optional.of(saved),
            PredictionTarget.toldOnly(Optional.empty()),
            new TinyRun.Listener())
        .run(
            DataFiles.open(
                List.of(folder.resolve("validation.csv")),
                Optional.empty(),
                Optional.empty(),
                FileSettings.DEFAULT),
            (columns, prediction, marked) -> {
              Map<String, Object> fields = new LinkedHashMap<>(columns);
              fields.putAll(prediction.fields());
              predictions.add(TinyRun.tree(fields));
            });
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
            saved, config, TinyRun.STORE, EvaluationOutputs.NONE, new TinyRun.Listener());
    assertEquals(
        message + "fine-tune a model with yours",
        assertThrows(UserException.class, evaluation::run).getMessage());
    run.set("model", run.file("model")).set("labels", "yes,no");
    UserException training = assertThrows(UserException.class, run::run);
    assertEquals(message + "only its encoder", training.getMessage());
    assertEquals(Optional.of(new ExportEncoder(run.file("model").toString())), training.remedy());
  }

  @Test
  void savedModelIsFineTunedFurther() {
    final double before = run.json("metrics.json").get("loss").asDouble();
    TinyRun.Listener listener = new TinyRun.Listener();
    run.set("model", run.file("model"))
        .set("output", folder.resolve("further"))
        .set("train.learning-rate", 1e-12)
        .set("train.epochs", 1);
    run.run(RunMode.NEW, listener);
    // With so small a rate the model stays what it was, head included.
    assertEquals(before, run.json("metrics.json").get("loss").asDouble(), 1e-5);
    assertEquals(List.of(), listener.opening().weights().initialized());
    assertEquals(List.of(), listener.opening().weights().leftOver());
  }

  /** As a classifier begins with a language model: there are no logits that could be mixed up. */
  @Test
  void aModelWithoutLabelsIsTheBeginningOfOneWithLabelsAndTheOtherWayRound() {
    TinyRun spans =
        runOf()
            .task(new TinyTask(FineTunedModelTest::spans))
            .set("train.epochs", 1)
            .set("model", run.file("model"))
            .set("output", folder.resolve("spans"));
    assertWeights(
        spans,
        List.of("qa_outputs.weight", "qa_outputs.bias"),
        List.of(
            "classifier.bias", "classifier.weight", "pooler.dense.bias", "pooler.dense.weight"));
    assertEquals(List.of(), FineTunedModel.open(spans.results()).labels());
    assertWeights(
        runOf()
            .set("train.epochs", 1)
            .set("model", spans.file("model"))
            .set("output", folder.resolve("from-spans")),
        List.of("pooler.dense.weight", "pooler.dense.bias", "classifier.weight", "classifier.bias"),
        List.of("qa_outputs.bias", "qa_outputs.weight"));
  }

  private static void assertWeights(TinyRun run, List<String> initialized, List<String> leftOver) {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.NEW, listener);
    assertEquals(initialized, listener.opening().weights().initialized());
    assertEquals(leftOver, listener.opening().weights().leftOver());
  }

  /** A head without labels; what it learns does not matter. */
  private static Task<LabelledText, Classification> spans(Labels labels) {
    Task<LabelledText, Classification> stock = TinyTask.classification(labels);
    Task.Scoring<LabelledText, Classification> scoring = stock.scoring().orElseThrow();
    return Task.of(
            stock.reader(),
            (LabelledText example, Packer packer) ->
                List.of(
                    Feature.of(packer.single(packer.tokenize(example.first())), Target.of(1, 1))),
            new SpanHead(),
            (LabelledText example, ModelOutput output) -> new Classification(labels, 0, List.of()))
        .scoredBy(scoring.metric(), scoring.predictions());
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

  @Test
  void findLooksInTheFolderAndInARuns() {
    assertEquals(
        Optional.of(run.file("model")),
        FineTunedModel.find(run.results()).map(FineTunedModel::folder));
    FineTunedModel saved = FineTunedModel.find(run.file("model")).orElseThrow();
    assertEquals(run.file("model"), saved.folder());
    assertEquals("tiny", saved.task());
    assertEquals(List.of("no", "yes"), saved.labels());
    assertEquals(Optional.empty(), FineTunedModel.find(folder.resolve("tiny-bert")));
    assertEquals(Optional.empty(), FineTunedModel.find(folder.resolve("none")));
    assertEquals(Optional.empty(), FineTunedModel.find(Path.of("bert-base-uncased")));
  }

  private TaskConfig<?> config(FineTunedModel saved, String... assignments) {
    return saved.config(run.plugin(), Stream.of(assignments).map(Assignments::parse).toList());
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
