// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.config.SearchConfig;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.Judge;
import dev.bertctl.core.runs.ResumableJob;
import dev.bertctl.core.runs.RunFolder;
import dev.bertctl.core.runs.RunInputs;
import dev.bertctl.core.runs.RunJob;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.RunSeries;
import dev.bertctl.core.space.Dimension;
import dev.bertctl.spi.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries configurations that are drawn at random, each for a while, and those that do well for
 * longer: see {@link SuccessiveHalving}. Each training is a run in a folder of its own. Once one
 * has ended, that is written down, and a search that was killed goes on with the one under way.
 */
public final class HyperparameterSearch implements ResumableJob<SearchResult> {

  private static final String TEST = "data.test";

  private final SearchConfig<?> search;
  private final RunJob job;
  private final SearchFolder folder;

  /**
   * @param search what is searched
   * @param store where models come from
   * @param mode what to do where another search has been
   * @param listener is told what happens
   * @param interruption ends the run under way with a checkpoint when it is asked for
   */
  public HyperparameterSearch(
      SearchConfig<?> search,
      ModelStore store,
      RunMode mode,
      RunListener listener,
      Interruption interruption) {
    this.search = search;
    this.job = new RunJob(store, mode, listener, interruption);
    this.folder = new SearchFolder(folder());
  }

  @Override
  public Path folder() {
    TaskConfig<?> task = search.task();
    return task.settings().output().resolve(task.plugin().name() + "-search");
  }

  @Override
  public boolean canResume() {
    return folder.isBegun() && !folder.isFinished();
  }

  @Override
  public SearchResult run() {
    TaskConfig<?> complete = job.begin(search.task());
    if (!SplitName.VALIDATION.isConfigured(complete.settings().data())) {
      throw complete.wrong(
          "data.validation",
          "trials are compared on validation data; name some, or a share of the training data as data.split");
    }
    // What is looked at once, at the end, is no part of choosing.
    TaskConfig<?> common = complete.without(TEST);
    Task<?, ?> task = common.createTask();
    RunJob.requireTrained(common, task);
    List<Trial> trials = trials(common);
    SearchResult nothing =
        new SearchResult(
            common.plugin().name(),
            Judge.of(common, task),
            SuccessiveHalving.rungs(trials.size(), common.settings().train().epochs()),
            trials,
            List.of());
    RunInputs inputs = RunInputs.of(common).with(search.values());
    return new RunFolder(folder())
        .alone(
            () -> {
              if (!goesOn(inputs)) {
                return search(nothing, Optional.of(inputs), complete, common);
              }
              SearchResult earlier = nothing.with(folder.outcomes());
              tellOf(earlier);
              return folder.isFinished()
                  ? earlier
                  : search(earlier, Optional.empty(), complete, common);
            });
  }

  /** Before hours are spent on those that come before one that cannot be done. */
  private List<Trial> trials(TaskConfig<?> common) {
    List<Trial> trials = Trial.draw(search.space(), search.trials(), common);
    trials.forEach(trial -> RunSeries.requireSound(trial.config(), job));
    if (trials.size() < search.trials()) {
      job.listener()
          .notice(
              "%d of %d trials are as others; the %d that differ are trained"
                  .formatted(search.trials() - trials.size(), search.trials(), trials.size()));
    }
    return trials;
  }

  /** Whether an earlier search goes on; makes sure that none is lost that is not to be. */
  private boolean goesOn(RunInputs inputs) {
    if (job.mode() == RunMode.OVERWRITE) {
      return false;
    }
    if (job.mode() == RunMode.RESUME && folder.isBegun()) {
      folder.requireSame(inputs);
      return true;
    }
    folder.requireNew();
    if (job.mode() == RunMode.RESUME) {
      job.listener()
          .notice("no unfinished search in " + folder() + ": starting from the beginning");
    }
    return false;
  }

  private void tellOf(SearchResult earlier) {
    job.listener()
        .notice(
            folder.isFinished()
                ? "the search in %s is finished; nothing is left to do".formatted(folder())
                : "resuming; trainings that have ended: " + earlier.outcomes().size());
  }

  /**
   * Trains what is left to be trained.
   *
   * @param inputs what the search depends on, if it begins
   * @param complete the configuration with what trials are not shown
   */
  private SearchResult search(
      SearchResult earlier,
      Optional<RunInputs> inputs,
      TaskConfig<?> complete,
      TaskConfig<?> common) {
    Function<RunSeries, SearchResult> trainings =
        series -> {
          // Not before the data are read: what is wrong with them may be put right.
          inputs.ifPresent(folder::begin);
          return new TrialTrainings(folder, common, job.listener(), series).after(earlier);
        };
    SearchResult found;
    if (search.space().dimensions().stream()
        .map(Dimension::key)
        .allMatch(HyperparameterSearch::leavesData)) {
      found = RunSeries.readingOnce(common, job, folder.workplace(), trainings);
    } else {
      earlier.trials().forEach(trial -> RunSeries.requireReadable(trial.config(), job));
      found = trainings.apply(RunSeries.readingEach(job));
    }
    folder.finish(found, found.best().map(best -> found.trial(best).of(complete, best.epochs())));
    return found;
  }

  /** Whether examples are read and packed the same whatever a setting is. */
  private static boolean leavesData(String key) {
    return key.startsWith("train.") || key.equals("calibrate");
  }
}
