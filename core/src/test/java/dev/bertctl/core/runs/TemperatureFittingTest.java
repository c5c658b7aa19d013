// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.RegressionHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model, and validation data like its training data but for two of eight labels. */
class TemperatureFittingTest {

  private static final List<String> LEARNED =
      List.of(
          "the cat,a dog,yes",
          "a bird,a tree,no",
          "the boat,a river,yes",
          "a dog,the boat,no",
          "the tree,the cat,yes",
          "the river,a bird,no",
          "the dog,a cat,yes",
          "a tree,the river,no");

  /** Were all right, there would be no best temperature. */
  private static final List<String> SEEN =
      List.of(
          "the cat,a dog,yes",
          "a bird,a tree,no",
          "the boat,a river,yes",
          "a dog,the boat,yes",
          "the tree,the cat,yes",
          "the river,a bird,no",
          "the dog,a cat,no",
          "a tree,the river,no");

  @TempDir static Path folder;
  private static TinyRun run;
  private static String saved;

  @BeforeAll
  static void train() throws IOException {
    run =
        new TinyRun(folder, 0)
            .rows("train", LEARNED)
            .rows("validation", SEEN)
            .set("train.epochs", 40);
    run.run();
    saved = Files.readString(run.file("model/bertctl.json"));
  }

  @BeforeEach
  void withoutATemperature() throws IOException {
    Files.writeString(run.file("model/bertctl.json"), saved);
  }

  @Test
  void theLossFallsAndTheLabelsStay() {
    FineTunedModel plain = FineTunedModel.open(run.results());
    assertEquals(Temperature.NONE, plain.temperature());
    EvaluationResult before = evaluate(plain);
    List<Classification> surest = predict(plain);

    TinyRun.Listener listener = new TinyRun.Listener();
    Temperature.Fit fit = fit(plain, listener).orElseThrow();

    FineTunedModel calibrated = FineTunedModel.open(run.results());
    assertEquals(fit.temperature(), calibrated.temperature());
    EvaluationResult after = evaluate(calibrated);
    List<Classification> modest = predict(calibrated);
    assertEquals(fit.lossBefore(), before.loss(), 1e-5);
    assertEquals(fit.lossAfter(), after.loss(), 1e-5);
    assertTrue(after.loss() < before.loss(), fit::toString);
    assertEquals(before.metrics(), after.metrics());
    assertEquals(fit.errorBefore(), error(before), 1e-5);
    assertEquals(fit.errorAfter(), error(after), 1e-5);
    for (int i = 0; i < surest.size(); i++) {
      assertEquals(surest.get(i).label(), modest.get(i).label());
      assertNotEquals(surest.get(i).probabilities(), modest.get(i).probabilities());
      assertEquals(odds(surest.get(i)) / fit.temperature().value(), odds(modest.get(i)), 1e-4);
    }
    assertTrue(
        listener.notices().get(0).startsWith("calibrated with temperature "),
        listener.notices()::toString);
  }

  @Test
  void aBrokenTemperatureIsRefused() throws IOException {
    Path file = run.file("model/bertctl.json");
    Files.writeString(file, saved.replaceFirst("\\{", "{\"temperature\": -1, "));
    assertEquals(
        file + ": 'temperature' is -1; it needs a number above 0, or leave it out",
        assertThrows(UserException.class, () -> FineTunedModel.open(run.results())).getMessage());
  }

  @Test
  void onlyClassifiersWithValidationDataAreCalibrated() {
    TaskConfig<?> wanted = run.config("calibrate=temperature");
    new TemperatureFitting(wanted, RunListener.SILENT, new Interruption())
        .requirePossible(wanted.createTask());
    TinyTask regression =
        new TinyTask(
            labels -> {
              var stock = TinyTask.classification(labels);
              return Task.of(
                  stock.reader(), stock.packing(), new RegressionHead(), stock.decoder());
            });
    assertEquals(
        "--set calibrate=temperature: calibrate: task 'tiny' is no classifier of labels or choices, whose probabilities are calibrated; leave it out",
        refused(new TinyRun(folder, 0).task(regression).set("data.validation", "there.csv")));
    assertEquals(
        "--set calibrate=temperature: calibrate: a temperature is fitted on validation data; name some as data.validation, or data.split",
        refused(new TinyRun(folder, 0)));
  }

  private static String refused(TinyRun run) {
    TaskConfig<?> config = run.config("calibrate=temperature");
    return assertThrows(
            ConfigException.class,
            () ->
                new TemperatureFitting(config, RunListener.SILENT, new Interruption())
                    .requirePossible(config.createTask()))
        .getMessage();
  }

  private static Optional<Temperature.Fit> fit(FineTunedModel saved, RunListener listener) {
    TaskConfig<?> config = run.config("calibrate=temperature");
    return fit(config, config.createTask(), saved, listener);
  }

  private static <X extends Example, P extends Prediction> Optional<Temperature.Fit> fit(
      TaskConfig<?> config, Task<X, P> task, FineTunedModel saved, RunListener listener) {
    try (LoadedTask<X, P> loaded =
        new LoadedTask<>(config, task, saved.files(TinyRun.STORE), saved.temperature())) {
      return new TemperatureFitting(config, listener, new Interruption())
          .fit(
              loaded.evaluator(),
              loaded.setup().split(SplitName.VALIDATION, Purpose.EVALUATION),
              SEEN.size(),
              42,
              saved.folder());
    }
  }

  private static EvaluationResult evaluate(FineTunedModel saved) {
    return new ModelEvaluation(
            saved,
            saved.config(
                run.plugin(),
                List.of(Assignments.parse("data.test=" + folder.resolve("validation.csv")))),
            TinyRun.STORE,
            EvaluationOutputs.NONE,
            RunListener.SILENT)
        .run()
        .result();
  }

  private static List<Classification> predict(FineTunedModel saved) {
    List<Classification> predictions = new ArrayList<>();
    new ModelPrediction(
            saved.config(run.plugin(), List.of()),
            saved.files(TinyRun.STORE),
            Optional.of(saved),
            PredictionTarget.toldOnly(Optional.empty()),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(folder.resolve("validation.csv")),
                Optional.empty(),
                Optional.empty(),
                FileSettings.DEFAULT),
            (columns, prediction, marked) -> predictions.add((Classification) prediction));
    return predictions;
  }

  private static double odds(Classification prediction) {
    return Math.log(prediction.probabilities().get(1) / prediction.probabilities().get(0));
  }

  private static double error(EvaluationResult result) {
    return ((Number)
            Map.copyOf(DetailFields.of(result.details())).get("expected_calibration_error"))
        .doubleValue();
  }
}
