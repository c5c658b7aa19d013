// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.Interval;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.Processes;
import dev.bertctl.spi.Task;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How runs are done.
 *
 * @param store where models come from
 * @param mode what to do where another run has been
 * @param listener is told what happens
 * @param interruption ends a run with a checkpoint when it is asked for
 * @param processes starts other processes that train; empty if this one does
 */
public record RunJob(
    ModelStore store,
    RunMode mode,
    RunListener listener,
    Interruption interruption,
    Optional<Supplier<Processes>> processes) {

  /** Runs in this process. */
  public RunJob(ModelStore store, RunMode mode, RunListener listener, Interruption interruption) {
    this(store, mode, listener, interruption, Optional.empty());
  }

  /**
   * Begins: says so, and finds options in the data.
   *
   * @return the configuration with all options known
   */
  public TaskConfig<?> begin(TaskConfig<?> config) {
    listener.begun(config.plugin());
    if (config.settings().train().evaluateEvery().unit() == Interval.Unit.MINUTE) {
      throw config.wrong(
          "train.evaluate-every",
          "evaluations by the clock cannot be repeated; give steps or epochs");
    }
    return FoundOptions.complete(config);
  }

  /** The same job where it is another mode that decides. */
  RunJob in(RunMode other) {
    return new RunJob(store, other, listener, interruption, processes);
  }

  /** Refuses a task that is only applied. */
  public static void requireTrained(TaskConfig<?> config, Task<?, ?> task) {
    if (task.scoring().isEmpty()) {
      throw new UserException(
          "task '%s' is not trained; it is applied to a model as it is, by prediction"
              .formatted(config.plugin().name()));
    }
  }
}
