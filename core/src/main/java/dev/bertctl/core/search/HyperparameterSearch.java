// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.config.SearchConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.DivergedRunException;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.Judge;
import dev.bertctl.core.runs.ResumableJob;
import dev.bertctl.core.runs.RunFolder;
import dev.bertctl.core.runs.RunInputs;
import dev.bertctl.core.runs.RunJob;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.core.runs.RunSeries;
import dev.bertctl.core.space.Dimension;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.spi.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    if (complete.settings().data().validation().isEmpty()) {
      throw complete.wrong("data.validation", "trials are compared on validation data; name some");
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
    RunFolder all = new RunFolder(folder());
    return all.alone(
        () -> {
          SearchResult begun = begun(nothing, inputs, all.workplace());
          return folder.isFinished() ? begun : search(begun, complete, common, all.workplace());
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

  /** What an earlier search has found, if it is to go on. */
  private SearchResult begun(SearchResult nothing, RunInputs inputs, Path workplace) {
    switch (job.mode()) {
      case NEW -> folder.requireNew();
      case OVERWRITE -> folder.clear(workplace);
      case RESUME -> {
        if (folder.isBegun()) {
          folder.requireSame(inputs);
          return goingOn(nothing);
        }
        folder.requireNew();
        job.listener()
            .notice("no unfinished search in " + folder() + ": starting from the beginning");
      }
    }
    folder.begin(inputs);
    return nothing;
  }

  private SearchResult goingOn(SearchResult nothing) {
    SearchResult found = nothing;
    for (TrialOutcome outcome : folder.outcomes()) {
      found = found.with(outcome);
    }
    job.listener()
        .notice(
            folder.isFinished()
                ? "the search in %s is finished; nothing is left to do".formatted(folder())
                : "resuming; trainings that have ended: " + found.outcomes().size());
    return found;
  }

  private SearchResult search(
      SearchResult begun, TaskConfig<?> complete, TaskConfig<?> common, Path workplace) {
    SearchResult found;
    if (search.space().dimensions().stream()
        .map(Dimension::key)
        .allMatch(HyperparameterSearch::leavesData)) {
      found =
          RunSeries.readingOnce(common, job, workplace, series -> trained(begun, common, series));
    } else {
      begun.trials().forEach(trial -> RunSeries.requireReadable(trial.config(), job));
      found = trained(begun, common, RunSeries.readingEach(job));
    }
    folder.finish(found, found.best().map(best -> found.trial(best).of(complete, best.epochs())));
    return found;
  }

  /** Whether examples are read and packed the same whatever a setting is. */
  private static boolean leavesData(String key) {
    return key.startsWith("train.") || key.equals("calibrate");
  }

  private SearchResult trained(SearchResult begun, TaskConfig<?> common, RunSeries series) {
    SearchResult found = begun;
    for (int rung = 1; rung <= found.rungs().size(); rung++) {
      List<Trial> trials = found.on(rung);
      for (Trial trial : trials) {
        if (found.outcome(trial, rung).isEmpty()) {
          int epochs = found.rungs().get(rung - 1).epochs();
          job.listener()
              .notice(
                  "%s (%d of %d), %s: %s"
                      .formatted(
                          trial.name(),
                          trials.indexOf(trial) + 1,
                          trials.size(),
                          epochs == 1 ? "1 epoch" : epochs + " epochs",
                          trial.text()));
          found = found.with(train(trial, rung, trial.of(common, epochs), series));
          folder.keep(found);
          tell(found);
        }
      }
    }
    return found;
  }

  private TrialOutcome train(Trial trial, int rung, TaskConfig<?> config, RunSeries series) {
    int epochs = config.settings().train().epochs();
    Path results = folder().resolve(TrialOutcome.folder(trial.number(), rung));
    RunMode mode = RunSeries.isBegun(results) ? RunMode.RESUME : RunMode.NEW;
    long begun = System.nanoTime();
    try {
      RunResult found = series.run(config, results, mode);
      return TrialOutcome.finished(
          trial.number(), rung, epochs, found.bestEvaluation().orElseThrow(), seconds(begun));
    } catch (DivergedRunException e) {
      return TrialOutcome.failed(
          trial.number(), rung, epochs, TrialOutcome.State.DIVERGED, e, seconds(begun));
    } catch (OutOfDeviceMemoryException e) {
      return TrialOutcome.failed(
          trial.number(), rung, epochs, TrialOutcome.State.OUT_OF_MEMORY, e, seconds(begun));
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Says how the training that came last has ended. */
  private void tell(SearchResult found) {
    TrialOutcome last = found.outcomes().get(found.outcomes().size() - 1);
    String name = found.trial(last).name();
    if (last.best().isEmpty()) {
      job.listener().notice("%s failed: %s".formatted(name, last.problem().orElseThrow()));
      return;
    }
    EvaluationResult result = last.best().get().result();
    job.listener()
        .notice(
            String.format(
                Locale.ROOT,
                "%s: %s %.4f%s",
                name,
                found.judge().name(),
                found.judge().value(result),
                found.best().equals(Optional.of(last)) ? ", the best trial so far" : ""));
  }
}
