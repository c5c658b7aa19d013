// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.EarlyStoppingSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.report.ExampleCollector;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.evaluation.Progress;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates the model of a run on its way, keeps the best one with its predictions, and in the end
 * looks at the test split.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class RunEvaluation<X extends Example, P extends Prediction> {

  private final TaskSetup<X, P> setup;
  private final TrainingData<X> data;
  private final BertModel model;
  private final UnfinishedRun unfinished;
  private final RunListener listener;
  private final Interruption interruption;
  private final RunInputs inputs;
  private final Evaluations results;
  private Optional<SavedModel> saved = Optional.empty();
  private Path folder;
  private Optional<EvaluationResult> test = Optional.empty();
  private Optional<Map<String, Object>> testExamples = Optional.empty();

  RunEvaluation(
      TaskSetup<X, P> setup,
      TrainingData<X> data,
      BertModel model,
      UnfinishedRun unfinished,
      RunListener listener,
      Interruption interruption,
      RunInputs inputs) {
    this.setup = setup;
    this.data = data;
    this.model = model;
    this.unfinished = unfinished;
    this.listener = listener;
    this.interruption = interruption;
    this.inputs = inputs;
    this.results = new Evaluations(Judge.of(setup.config(), setup.task()));
  }

  /** What was found so far. */
  Evaluations results() {
    return results;
  }

  /** What is to become the results, as far as the run has come. */
  Optional<SavedModel> saved() {
    return saved;
  }

  /** Forgets what was found and kept. */
  void begin() {
    results.clear();
    saved = Optional.empty();
  }

  /**
   * Takes over what a checkpoint has.
   *
   * @param checkpoint whose results are restored into {@link #results}
   */
  void restore(Optional<SavedModel> checkpoint) {
    saved = checkpoint;
  }

  /**
   * Evaluates on the validation split, and saves the model if it is the best so far; without
   * validation data the last one is saved.
   *
   * @param history takes what was found
   * @return whether the training is to end because it no longer gets better
   * @throws Interruption.Requested if the user wants the run to end
   */
  boolean evaluate(RunProgress.Point point, History history) {
    if (data.validation().isEmpty()) {
      if (point.last()) {
        FileTree.clear(unfinished.best(point.step()));
        save(point, Map.of());
      }
      return false;
    }
    Path best = unfinished.best(point.step());
    FileTree.clear(best);
    Task<X, P> task = setup.task();
    ExampleCollector<X, P> examples = new ExampleCollector<>(task);
    try (PredictionFiles<X, P> predictions = PredictionFiles.ofRun(best, task)) {
      EvaluationResult result =
          EvaluationResult.of(
              evaluation(data.validation().get(), point, predictions.and(examples)));
      boolean isBest = results.add(new EvaluatedStep(point.step(), point.epochs(), result));
      history.evaluated("eval", point.step(), point.epochs(), result);
      if (isBest) {
        predictions.publish();
        JsonFile.write(best.resolve(RunFolder.EXAMPLES), examples.facts());
        save(point, result.tuned());
      }
      listener.evaluated(
          new RunListener.Evaluated("validation", point.step(), point.epochs(), isBest, result));
      if (!isBest) {
        predictions.drop();
        FileTree.delete(best);
      }
    }
    return isGoodEnough(point);
  }

  private Evaluation evaluation(
      Split<X> split, RunProgress.Point point, PredictionSink<X, P> predictions) {
    Task<X, P> task = setup.task();
    Evaluator<X, P> evaluator = setup.evaluator(task, model);
    return during(
        "evaluating " + point,
        split,
        (reading, progress) ->
            task.tuner().isPresent()
                ? evaluator.tune(reading, setup.seed(), setup::taskWith, predictions, progress)
                : evaluator.evaluate(reading, setup.seed(), predictions, progress));
  }

  private boolean isGoodEnough(RunProgress.Point point) {
    EarlyStoppingSettings stopping = setup.config().settings().train().earlyStopping();
    if (stopping.patience().isEmpty() || point.last()) {
      return false;
    }
    int since = results.sinceImprovement(stopping.minDelta());
    if (since < stopping.patience().get()) {
      return false;
    }
    listener.notice(
        "stopping early: %s has not become better by more than %s in %d evaluations"
            .formatted(results.judge().name(), stopping.minDelta(), since));
    return true;
  }

  private void save(RunProgress.Point point, Map<String, Object> tuned) {
    Path best = unfinished.best(point.step());
    Path files = best.resolve(RunFolder.MODEL);
    FileTree.create(files);
    FineTunedModel.write(
        files,
        setup.configWith(tuned),
        setup.task().head(),
        setup.architecture(),
        model,
        setup.pretrained(),
        setup.tokenizerFiles());
    saved = Optional.of(SavedModel.of(best, point.step(), point.epochs()));
  }

  /**
   * Calibrates the model that was kept, if the run is configured so, and evaluates it on the test
   * split, if there is one.
   *
   * @param history takes what was found
   * @throws Interruption.Requested if the user wants the run to end
   */
  void finish(History history) {
    SavedModel kept = saved.orElseThrow();
    folder = kept.folder();
    Task<X, P> tuned =
        setup.taskWith(
            results
                .best()
                .map(EvaluatedStep::result)
                .map(EvaluationResult::tuned)
                .orElse(Map.of()));
    TemperatureFitting fitting = new TemperatureFitting(setup.config(), listener, interruption);
    if (fitting.isWanted() || data.test().isPresent()) {
      model.values().assign(HuggingFaceFolder.weights(kept.folder().resolve(RunFolder.MODEL)));
    }
    Temperature temperature =
        fitting.isWanted() ? calibrated(fitting, kept, tuned) : Temperature.NONE;
    test = data.test().map(split -> test(split, tuned, setup.evaluator(tuned, model, temperature)));
    test.ifPresent(found -> history.evaluated("test", kept.step(), kept.epochs(), found));
  }

  /** In a copy: until the run is finished the checkpoint refers to what was kept. */
  private Temperature calibrated(TemperatureFitting fitting, SavedModel kept, Task<X, P> tuned) {
    Split<X> validation = data.validation().orElseThrow();
    folder = unfinished.calibrated();
    FileTree.delete(folder);
    FileTree.copy(kept.folder(), folder);
    Optional<Temperature> found =
        unchanged(
                validation,
                () ->
                    fitting.fit(
                        setup.evaluator(tuned, model),
                        validation,
                        data.examples(validation.name()),
                        setup.seed(),
                        folder.resolve(RunFolder.MODEL)))
            .map(Temperature.Fit::temperature);
    found.ifPresent(temperature -> evaluateAgain(validation, tuned, temperature));
    return found.orElse(Temperature.NONE);
  }

  private void evaluateAgain(Split<X> validation, Task<X, P> tuned, Temperature temperature) {
    ExampleCollector<X, P> examples = new ExampleCollector<>(tuned);
    try (PredictionFiles<X, P> predictions = PredictionFiles.ofRun(folder, tuned)) {
      Evaluator<X, P> evaluator = setup.evaluator(tuned, model, temperature);
      Evaluation evaluation =
          during(
              "evaluating the calibrated model",
              validation,
              (reading, progress) ->
                  evaluator.evaluate(reading, setup.seed(), predictions.and(examples), progress));
      results.calibrated(EvaluationResult.of(evaluation));
      predictions.publish();
      JsonFile.write(folder.resolve(RunFolder.EXAMPLES), examples.facts());
    }
  }

  private EvaluationResult test(Split<X> split, Task<X, P> tuned, Evaluator<X, P> evaluator) {
    ExampleCollector<X, P> examples = new ExampleCollector<>(tuned);
    EvaluationResult result =
        EvaluationResult.of(
            during(
                "evaluating test",
                split,
                (reading, progress) ->
                    evaluator.evaluate(reading, setup.seed(), examples, progress)));
    testExamples = Optional.of(examples.facts());
    listener.evaluated(RunListener.Evaluated.of(SplitName.TEST.toString(), result));
    return result;
  }

  /** What is to become the results, when {@link #finish} is done. */
  Path folder() {
    return folder;
  }

  /** What was found on the test split, if there is one, when {@link #finish} is done. */
  Optional<EvaluationResult> test() {
    return test;
  }

  /** The examples of the test split that a report shows, if there is one. */
  Optional<Map<String, Object>> testExamples() {
    return testExamples;
  }

  private Evaluation during(String title, Split<X> split, Evaluating<X> evaluating) {
    return unchanged(
        split,
        () ->
            listener.during(
                title,
                data.examples(split.name()),
                progress -> {
                  try (SplitReading<X> reading = split.open()) {
                    return evaluating.evaluate(reading, interruption.heeding(progress));
                  } catch (InterruptedException e) {
                    throw new InterruptedRunException(e);
                  }
                }));
  }

  /** Reads a split, which must be what it was before that, and still is after it. */
  private <R> R unchanged(Split<X> split, Supplier<R> reading) {
    requireUnchanged(split);
    R found = reading.get();
    requireUnchanged(split);
    return found;
  }

  private void requireUnchanged(Split<X> split) {
    SplitName name = SplitName.valueOf(split.name().toUpperCase(Locale.ROOT));
    inputs.requireUnchanged(name, setup.config().settings().data());
  }

  /** Evaluates examples while they are read. */
  @FunctionalInterface
  private interface Evaluating<X extends Example> {
    Evaluation evaluate(SplitReading<X> reading, Progress progress) throws InterruptedException;
  }
}
