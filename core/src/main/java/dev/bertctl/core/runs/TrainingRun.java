// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

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
    this.listener = listener;
    this.metric = setup.task().scoring().orElseThrow().metric();
    this.checkpoint = new Checkpoint(folder.unfinished());
    this.inputs = RunInputs.of(setup.config());
    this.results = new EpochResults(metric);
  }

  /**
   * Trains to the end.
   *
   * @param resume whether an unfinished run goes on
   */
  RunResult run(Trainer trainer, boolean resume) {
    TrainingState start = start(resume);
    WholeFile.write(
        folder.unfinished().resolve(RunFolder.RESOLVED),
        file -> Files.writeString(file, setup.config().toYaml()));
    try (Observer observer = new Observer()) {
      trainer.train(start, observer::evaluate, observer);
    }
    Optional<EvaluationResult> test = data.test().map(this::test);
    RunResult result = result(test);
    JsonFile.write(folder.unfinished().resolve(RunFolder.METRICS), result.fields());
    folder.publish();
    return result;
  }

  private TrainingState start(boolean resume) {
    if (resume && checkpoint.exists()) {
      TrainingState state = checkpoint.read(model, inputs, results);
      History.cutBack(folder.unfinished().resolve(RunFolder.HISTORY), state.steps(), listener);
      listener.notice("resuming after epoch " + state.epochs());
      return state;
    }
    if (resume) {
      listener.notice("no unfinished run in " + folder.root() + ": starting from the beginning");
    } else if (checkpoint.exists()) {
      listener.notice("starting over; the unfinished run in " + folder.root() + " is dropped");
    }
    folder.clear();
    return TrainingState.START;
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
    HuggingFaceFolder.weights(folder.unfinished().resolve(RunFolder.MODEL))
        .forEach((name, weight) -> model.values().assign(name, weight.values()));
  }

  private Evaluation evaluated(String title, Split<X> split, Evaluating<X> evaluating) {
    long examples =
        data.summaries().stream()
            .filter(summary -> summary.name().equals(split.name()))
            .mapToLong(summary -> summary.counts().examples())
            .sum();
    return listener.during(
        title,
        examples,
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

  private void saveModel(Map<String, Object> tuned) {
    Path partial = folder.unfinished().resolve("model.partial");
    FileTree.clear(partial);
    FineTunedModel.write(
        partial,
        setup.configWith(tuned),
        setup.task().head(),
        setup.architecture(),
        model,
        setup.pretrained());
    FileTree.replace(partial, folder.unfinished().resolve(RunFolder.MODEL));
  }

  /** Keeps the log of steps, and after each epoch what is to be kept of it. */
  private final class Observer implements TrainingObserver, AutoCloseable {

    private final History history =
        new History(
            folder.unfinished().resolve(RunFolder.HISTORY),
            setup.config().settings().train().logEvery(),
            listener);

    /** Of the last evaluation. */
    private Optional<PredictionFiles<X, P>> predictions = Optional.empty();

    @Override
    public void stepped(StepReport report) {
      history.add(report);
    }

    Optional<Evaluation> evaluate(int epoch) {
      // Before the evaluation, whose time is no part of the training's speed.
      history.epochEnded();
      return data.validation().map(split -> evaluate(split, epoch));
    }

    private Evaluation evaluate(Split<X> split, int epoch) {
      Task<X, P> task = setup.task();
      Evaluator<X, P> evaluator = setup.evaluator(task, model);
      try (PredictionFiles<X, P> files = PredictionFiles.ofRun(folder.unfinished(), task)) {
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
      Optional<EvaluationResult> result = evaluation.map(EvaluationResult::of);
      boolean best = results.add(state.epochs(), result);
      if (best) {
        saveModel(result.map(EvaluationResult::tuned).orElse(Map.of()));
        predictions.ifPresent(PredictionFiles::publish);
      }
      result.ifPresent(
          found ->
              listener.evaluated(
                  new RunListener.Evaluated("validation", state.epochs(), best, found)));
      // After the last epoch too: the test split may be what a run fails at.
      checkpoint.write(model, state, inputs, results);
    }

    @Override
    public void close() {
      history.close();
    }
  }
}
