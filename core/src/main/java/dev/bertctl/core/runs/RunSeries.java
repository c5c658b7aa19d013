// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Does runs of a task one after another, each in a folder of its own. */
@FunctionalInterface
public interface RunSeries {

  /**
   * Does a run.
   *
   * @param config its configuration, with all options known
   * @param folder where the results go
   * @param mode what to do where another run has been
   * @throws UserException if anything keeps it from being done
   * @throws InterruptedRunException if the user wanted it to end
   */
  RunResult run(TaskConfig<?> config, Path folder, RunMode mode);

  /** Whether a run in a folder has come so far that there is something to go on with. */
  static boolean isBegun(Path folder) {
    return SingleRun.canResume(folder) || new RunFolder(folder).hasResults();
  }

  /** Runs that read their own data. */
  static RunSeries readingEach(RunJob job) {
    return (config, folder, mode) ->
        run(config, config.createTask(), folder, job.in(mode), Optional.empty());
  }

  /**
   * Runs on data that are read and packed once.
   *
   * @param config what the runs have in common; they may differ in what data do not depend on
   * @param workplace where the data are kept meanwhile
   * @param work does the runs
   * @return what the work returns
   */
  static <R> R readingOnce(
      TaskConfig<?> config, RunJob job, Path workplace, Function<RunSeries, R> work) {
    return readingOnce(config, config.createTask(), job, workplace, work);
  }

  private static <X extends Example, P extends Prediction, R> R readingOnce(
      TaskConfig<?> config,
      Task<X, P> task,
      RunJob job,
      Path workplace,
      Function<RunSeries, R> work) {
    if (!BaseModel.isNew(config)) {
      TrainingData.readThrough(config, task);
    }
    try (BaseModel base = BaseModel.open(config, task, job.store(), workplace);
        TaskSetup<X, P> setup = new TaskSetup<>(config, task, base.files());
        TrainingData<X> data = TrainingData.read(setup, workplace)) {
      data.report(job.listener());
      return work.apply(
          (own, folder, mode) -> run(own, task, folder, job.in(mode), Optional.of(data)));
    }
  }

  private static <X extends Example, P extends Prediction> RunResult run(
      TaskConfig<?> config,
      Task<X, P> task,
      Path folder,
      RunJob job,
      Optional<TrainingData<X>> data) {
    return new SingleRun<>(config, task, folder, job, data).run();
  }

  /**
   * Finds what is wrong with a run's data and model.
   *
   * @throws UserException if something is
   */
  static void requireReadable(TaskConfig<?> config, RunJob job) {
    if (!BaseModel.isNew(config)) {
      TrainingData.readThrough(config, config.createTask());
      PretrainedModel model =
          job.store().open(config.settings().model().orElseThrow(), Path.of(""));
      TaskSetup.checkLength(config, model.config().maxPositions(), model.reference());
    }
  }

  /**
   * Finds what is wrong with a run's configuration as far as that can be told before its data are
   * read.
   *
   * @throws UserException if something is
   */
  static void requireSound(TaskConfig<?> config, RunJob job) {
    Task<?, ?> task = config.createTask();
    RunJob.requireTrained(config, task);
    Judge.of(config, task);
    new TrainingPlan(config).requireSound();
    new TemperatureFitting(config, job.listener(), job.interruption()).requirePossible(task);
  }
}
