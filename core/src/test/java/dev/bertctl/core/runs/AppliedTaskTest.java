// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that is not trained, and models that it is applied to. */
class AppliedTaskTest {

  /** Pair classification without a metric. */
  private static final TinyTask APPLIED =
      new TinyTask(
          labels -> {
            Task<LabelledText, Classification> stock = TinyTask.classification(labels);
            return Task.of(stock.reader(), stock.packing(), stock.head(), stock.decoder());
          });

  @TempDir static Path folder;
  private static TinyRun run;

  @BeforeAll
  static void train() {
    run =
        new TinyRun(folder, 0)
            .pairs("train", 8, 1)
            .pairs("validation", 6, 2)
            .set("train.epochs", 1);
    run.run();
  }

  @Test
  void itIsNotTrained() {
    TinyRun applied =
        new TinyRun(folder, 0)
            .task(APPLIED)
            .set("data.train", folder.resolve("train.csv"))
            .set("output", folder.resolve("refused"));
    assertEquals(
        "task 'tiny' is not trained; it is applied to a model as it is, by prediction",
        assertThrows(UserException.class, applied::run).getMessage());
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void itIsNotEvaluated() {
    FineTunedModel saved = FineTunedModel.open(run.results());
    Assignment data = Assignments.parse("data.test=" + folder.resolve("validation.csv"));
    ModelEvaluation evaluation =
        new ModelEvaluation(
            saved,
            saved.config(APPLIED, List.of(data)),
            TinyRun.STORE,
            new EvaluationOutputs(
                Optional.empty(),
                Optional.of(folder.resolve("no-task-files")),
                Optional.empty(),
                List.of()),
            RunListener.SILENT);
    assertEquals(
        "task 'tiny' is not evaluated: it has no metric; it is applied by prediction",
        assertThrows(UserException.class, evaluation::run).getMessage());
    assertFalse(Files.exists(folder.resolve("no-task-files")));
  }

  @Test
  void predictionsAreNotScored() {
    assertEquals(
        "task 'tiny' has no metric to judge predictions by",
        assertThrows(
                UserException.class,
                () ->
                    new Scoring(config(folder.resolve("tiny-bert")), RunListener.SILENT)
                        .run(validation(), validation()))
            .getMessage());
  }

  @Test
  void itIsAppliedToAModelWithItsHead() {
    TinyRun.Listener listener = new TinyRun.Listener();
    List<Object> predicted = new ArrayList<>();
    prediction(run.file("model"), listener)
        .run(
            validation(),
            (columns, prediction, marked) -> predicted.add(prediction.fields().get("predicted")));
    assertEquals(
        TinyRun.read(run.file("predictions.jsonl")).stream()
            .map(line -> line.get("predicted").asText())
            .toList(),
        predicted);
    assertEquals(Optional.empty(), listener.opening().training());
    assertEquals(List.of(), listener.opening().weights().initialized());
    SplitSummary input = listener.splits().get(0);
    assertEquals("input", input.name());
    assertEquals(
        new SplitCounts(6, List.of(), 6, List.of(), 0, 0, OptionalInt.empty(), List.of()),
        input.counts());
    assertEquals(6, input.features());
    assertEquals(6, input.truncation().examples());
  }

  @Test
  void aModelWithoutItsHeadIsRefusedNamingWhatItLacks() {
    Path model = folder.resolve("tiny-bert");
    TinyRun.Listener listener = new TinyRun.Listener();
    assertEquals(
        "model "
            + model
            + " cannot be applied to task 'tiny': it lacks the weights classifier.weight,"
            + " classifier.bias of the task's head; fine-tune it on the task, or use a model that"
            + " has them",
        assertThrows(
                UserException.class,
                () -> prediction(model, listener).run(validation(), (columns, made, marked) -> {}))
            .getMessage());
    assertEquals(List.of(), listener.splits());
  }

  private static ModelPrediction prediction(Path model, RunListener listener) {
    PretrainedModel files = TinyRun.STORE.open(model.toString(), Path.of(""));
    return new ModelPrediction(
        config(model),
        files,
        Optional.empty(),
        PredictionTarget.toldOnly(Optional.empty()),
        listener);
  }

  private static TaskConfig<?> config(Path model) {
    return AppConfig.of(
        Map.of("model", model.toString(), "device", "cpu", "max-length", "16"),
        "a test",
        APPLIED,
        List.of());
  }

  private static DataFile validation() {
    return DataFiles.open(
        List.of(folder.resolve("validation.csv")),
        Optional.empty(),
        Optional.empty(),
        FileSettings.DEFAULT);
  }
}
