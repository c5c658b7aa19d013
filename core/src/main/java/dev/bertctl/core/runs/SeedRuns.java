// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same run with several seeds, on data that are read and packed once. Each is a run in a folder
 * of its own, equal to one that is done alone with its seed; only a sample of the data is drawn for
 * all of them with the configuration's seed.
 */
public final class SeedRuns implements ResumableJob<SeedsResult> {

  /** What was found with all seeds. */
  static final String SUMMARY = "seeds.json";

  private final TaskConfig<?> config;
  private final List<Long> seeds;
  private final RunJob job;

  /**
   * @param config the configuration of the runs; its seed gives way to the given ones
   * @param seeds one for each run, all different
   * @param store where models come from
   * @param mode what to do where another run has been
   * @param listener is told what happens
   * @param interruption ends the run under way with a checkpoint when it is asked for
   */
  public SeedRuns(
      TaskConfig<?> config,
      List<Long> seeds,
      ModelStore store,
      RunMode mode,
      RunListener listener,
      Interruption interruption) {
    this.config = config;
    this.seeds = List.copyOf(seeds);
    this.job = new RunJob(store, mode, listener, interruption);
  }

  @Override
  public Path folder() {
    return config.settings().output().resolve(config.plugin().name() + "-seeds");
  }

  private Path folder(long seed) {
    return folder().resolve("seed-" + seed);
  }

  @Override
  public boolean canResume() {
    return seeds.stream()
        .map(this::folder)
        .anyMatch(run -> SingleRun.canResume(run) || new RunFolder(run).hasResults());
  }

  @Override
  public SeedsResult run() {
    TaskConfig<?> complete = job.begin(config);
    return run(complete, complete.createTask());
  }

  private <X extends Example, P extends Prediction> SeedsResult run(
      TaskConfig<?> complete, Task<X, P> task) {
    RunJob.requireTrained(complete, task);
    RunFolder all = new RunFolder(folder());
    return all.alone(
        () -> {
          try {
            return run(complete, task, all.workplace());
          } finally {
            all.forget();
          }
        });
  }

  private <X extends Example, P extends Prediction> SeedsResult run(
      TaskConfig<?> complete, Task<X, P> task, Path workplace) {
    // Before hours are spent on those that come before one that cannot be done.
    seeds.forEach(seed -> run(complete, task, seed, Optional.empty()).claim());
    if (!BaseModel.isNew(complete)) {
      TrainingData.readThrough(complete, task);
    }
    try (BaseModel base = BaseModel.open(complete, task, job.store(), workplace);
        TaskSetup<X, P> setup = new TaskSetup<>(complete, task, base.files());
        TrainingData<X> data = TrainingData.read(setup, workplace)) {
      data.report(job.listener());
      FileTree.create(folder());
      List<SeedsResult.Run> runs = new ArrayList<>();
      for (long seed : seeds) {
        job.listener().notice("seed %d (%d of %d)".formatted(seed, runs.size() + 1, seeds.size()));
        RunResult found = run(complete, task, seed, Optional.of(data)).run();
        runs.add(new SeedsResult.Run(seed, folder(seed), found));
      }
      SeedsResult result = new SeedsResult(runs);
      JsonFile.write(folder().resolve(SUMMARY), result.fields());
      return result;
    }
  }

  private <X extends Example, P extends Prediction> SingleRun<X, P> run(
      TaskConfig<?> complete, Task<X, P> task, long seed, Optional<TrainingData<X>> data) {
    TaskConfig<?> own = complete.withSettings(Map.of("train.seed", seed), "seed " + seed);
    return new SingleRun<>(own, task, folder(seed), job, data);
  }
}
