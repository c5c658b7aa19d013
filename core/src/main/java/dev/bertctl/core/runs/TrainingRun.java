// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.evaluation.Progress;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.StepReport;
import dev.bertctl.runtime.training.Trainer;
import dev.bertctl.runtime.training.TrainingObserver;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A run under way: after each epoch it evaluates, keeps the best epoch's model and predictions, and
 * leaves a checkpoint; in the end it puts the results into their places.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class TrainingRun<X extends Example, P extends Prediction> {

  private final TaskSetup<X, P> setup;
  private final TrainingData<X> data;
  private final BertModel model;
  private final RunFolder folder;
  private final UnfinishedRun unfinished;
  private final RunListener listener;
  private final Metric<X, P> metric;
  private final Checkpoint checkpoint;
  private final RunInputs inputs;
  private final EpochResults results;

  TrainingRun(
      TaskSetup<X, P> setup,
      TrainingData<X> data,
      BertModel model,
      RunFolder folder,
      RunListener listener) {
    this.setup = setup;
    this.data = data;
    this.model = model;
    this.folder = folder;
    this.unfinished = new UnfinishedRun(folder.unfinished());
    this.listener = listener;
    this.metric = setup.task().scoring().orElseThrow().metric();
    this.checkpoint = new Checkpoint(unfinished);
    this.inputs = RunInputs.of(setup.config());
    this.results = new EpochResults(metric);
  }

  /**
   * Trains to the end.
   *
   * @param resume whether an unfinished run goes on
   */
  RunResult run(Trainer trainer, boolean resume) {
    TrainingState start = TrainingState.START;
    History history;
    if (resume && checkpoint.exists()) {
      Checkpoint.Restored restored = checkpoint.read(model, inputs, results);
      start = restored.state();
      history =
          History.resume(
              unfinished.history(),
              logEvery(),
              data.examples(SplitName.TRAIN.toString()),
              listener,
              restored.log());
      listener.notice("resuming after epoch " + start.epochs());
    } else {
      if (checkpoint.exists()) {
        listener.notice("starting over; the unfinished run in " + folder.root() + " is dropped");
      }
      folder.clear();
      history =
          History.begin(
              unfinished.history(),
              logEvery(),
              data.examples(SplitName.TRAIN.toString()),
              listener);
    }
    RunResult result;
    try (history) {
      Observer observer = new Observer(history);
      trainer.train(start, observer::evaluate, observer);
      Optional<EvaluationResult> test = data.test().map(this::test);
      test.ifPresent(
          found ->
              history.evaluated(
                  SplitName.TEST.toString(),
                  trainer.totalSteps(),
                  setup.config().settings().train().epochs(),
                  found));
      result = result(test);
    }
    folder.publish(complete(result));
    return result;
  }

  private int logEvery() {
    return setup.config().settings().train().logEvery();
  }

  /** Adds what only a finished run has to what the best epoch left. */
  private Path complete(RunResult result) {
    Path best = unfinished.epoch(results.bestEpoch());
    WholeFile.write(
        best.resolve(RunFolder.RESOLVED), file -> Files.writeString(file, setup.config().toYaml()));
    WholeFile.write(
        best.resolve(RunFolder.HISTORY),
        file -> Files.copy(unfinished.history(), file, StandardCopyOption.REPLACE_EXISTING));
    JsonFile.write(best.resolve(RunFolder.INPUTS), inputs.fields());
    JsonFile.write(best.resolve(RunFolder.METRICS), result.fields());
    return best;
  }

  /** Evaluates the best epoch, as it was saved, on the test split. */
  private EvaluationResult test(Split<X> split) {
    loadBest();
    Map<String, Object> tuned = results.best().map(EvaluationResult::tuned).orElse(Map.of());
    Evaluator<X, P> evaluator = setup.evaluator(setup.taskWith(tuned), model);
    Evaluation evaluation =
        evaluated(
            "evaluating test",
            split,
            (reading, progress) ->
                evaluator.evaluate(reading, setup.seed(), PredictionSink.none(), progress));
    EvaluationResult result = EvaluationResult.of(evaluation);
    listener.evaluated(new RunListener.Evaluated(split.name(), 0, false, result));
    return result;
  }

  private void loadBest() {
    HuggingFaceFolder.weights(unfinished.epoch(results.bestEpoch()).resolve(RunFolder.MODEL))
        .forEach((name, weight) -> model.values().assign(name, weight.values()));
  }

  private Evaluation evaluated(String title, Split<X> split, Evaluating<X> evaluating) {
    return listener.during(
        title,
        data.examples(split.name()),
        progress -> {
          try (SplitReading<X> reading = split.open()) {
            return evaluating.evaluate(reading, progress);
          } catch (InterruptedException e) {
            throw new InterruptedRunException(e);
          }
        });
  }

  /** Evaluates examples while they are read. */
  @FunctionalInterface
  private interface Evaluating<X extends Example> {
    Evaluation evaluate(SplitReading<X> reading, Progress progress) throws InterruptedException;
  }

  private RunResult result(Optional<EvaluationResult> test) {
    return new RunResult(
        setup.config().plugin().name(),
        setup.pretrained().reference(),
        metric.primary(),
        results.bestEpoch(),
        results.epochs(),
        test,
        setup.task().files().stream().map(OutputFile::name).toList());
  }

  private void saveModel(int epoch, Map<String, Object> tuned) {
    Path folder = unfinished.epoch(epoch).resolve(RunFolder.MODEL);
    FileTree.create(folder);
    FineTunedModel.write(
        folder,
        setup.configWith(tuned),
        setup.task().head(),
        setup.architecture(),
        model,
        setup.pretrained());
  }

  /** Keeps the log of steps, and after each epoch what is to be kept of it. */
  private final class Observer implements TrainingObserver {

    private final History history;

    /** Of the last evaluation. */
    private Optional<PredictionFiles<X, P>> predictions = Optional.empty();

    Observer(History history) {
      this.history = history;
    }

    @Override
    public void epochBegan(int epoch, int epochs, long features) {
      history.epochBegan(epoch, epochs, features);
    }

    @Override
    public void stepped(StepReport report) {
      history.add(report);
    }

    Optional<Evaluation> evaluate(int epoch) {
      // Before the evaluation, whose time is no part of the training's speed.
      history.epochEnded();
      FileTree.clear(unfinished.epoch(epoch));
      return data.validation().map(split -> evaluate(split, epoch));
    }

    private Evaluation evaluate(Split<X> split, int epoch) {
      Task<X, P> task = setup.task();
      Evaluator<X, P> evaluator = setup.evaluator(task, model);
      try (PredictionFiles<X, P> files = PredictionFiles.ofRun(unfinished.epoch(epoch), task)) {
        predictions = Optional.of(files);
        return evaluated(
            "evaluating epoch " + epoch,
            split,
            (reading, progress) ->
                task.tuner().isPresent()
                    ? evaluator.tune(reading, setup.seed(), setup::taskWith, files, progress)
                    : evaluator.evaluate(reading, setup.seed(), files, progress));
      }
    }

    @Override
    public void epochEnded(TrainingState state, Optional<Evaluation> evaluation) {
      int epoch = state.epochs();
      Optional<EvaluationResult> result = evaluation.map(EvaluationResult::of);
      result.ifPresent(found -> history.evaluated("eval", state.steps(), epoch, found));
      boolean best = results.add(epoch, result);
      if (best) {
        saveModel(epoch, result.map(EvaluationResult::tuned).orElse(Map.of()));
        predictions.ifPresent(PredictionFiles::publish);
      }
      result.ifPresent(
          found -> listener.evaluated(new RunListener.Evaluated("validation", epoch, best, found)));
      // After the last epoch too: the test split may be what a run fails at.
      checkpoint.write(model, state, inputs, results, history);
    }
  }
}
