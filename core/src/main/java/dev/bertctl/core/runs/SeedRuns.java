// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.Task;
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
    return seeds.stream().map(this::folder).anyMatch(RunSeries::isBegun);
  }

  @Override
  public SeedsResult run() {
    TaskConfig<?> complete = job.begin(config);
    Task<?, ?> task = complete.createTask();
    RunJob.requireTrained(complete, task);
    RunFolder all = new RunFolder(folder());
    return all.alone(
        () -> {
          // Before hours are spent on those that come before one that cannot be done.
          seeds.forEach(
              seed ->
                  new SingleRun<>(of(complete, seed), task, folder(seed), job, Optional.empty())
                      .claim());
          return RunSeries.readingOnce(
              complete, job, all.workplace(), series -> run(complete, series));
        });
  }

  private SeedsResult run(TaskConfig<?> complete, RunSeries series) {
    FileTree.create(folder());
    List<SeedsResult.Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      job.listener().notice("seed %d (%d of %d)".formatted(seed, runs.size() + 1, seeds.size()));
      RunResult found = series.run(of(complete, seed), folder(seed), job.mode());
      runs.add(new SeedsResult.Run(seed, folder(seed), found));
    }
    SeedsResult result = new SeedsResult(runs);
    JsonFile.write(folder().resolve(SUMMARY), result.fields());
    return result;
  }

  private static TaskConfig<?> of(TaskConfig<?> complete, long seed) {
    return complete.withSettings(Map.of("train.seed", seed), "seed " + seed);
  }
}
