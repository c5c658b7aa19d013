// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The main job: trains a model on a task, evaluates it now and then, and saves it as it was best.
 */
public final class FineTuning implements ResumableJob<RunResult> {

  private final TaskConfig<?> config;
  private final RunJob job;

  /**
   * @param config the run's configuration
   * @param store where models come from
   * @param mode what to do where another run has been
   * @param listener is told what happens
   * @param interruption ends the run with a checkpoint when it is asked for
   */
  public FineTuning(
      TaskConfig<?> config,
      ModelStore store,
      RunMode mode,
      RunListener listener,
      Interruption interruption) {
    this(config, new RunJob(store, mode, listener, interruption));
  }

  /**
   * @param config the run's configuration
   * @param job how it is done
   */
  public FineTuning(TaskConfig<?> config, RunJob job) {
    this.config = config;
    this.job = job;
  }

  @Override
  public boolean canResume() {
    return SingleRun.canResume(folder());
  }

  @Override
  public Path folder() {
    return config.settings().output().resolve(config.plugin().name());
  }

  @Override
  public RunResult run() {
    TaskConfig<?> complete = job.begin(config);
    return run(complete, complete.createTask());
  }

  private <X extends Example, P extends Prediction> RunResult run(
      TaskConfig<?> complete, Task<X, P> task) {
    RunJob.requireTrained(complete, task);
    return new SingleRun<>(complete, task, folder(), job, Optional.empty()).run();
  }
}
