// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.DivergedRunException;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.core.runs.RunSeries;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.NotFiniteException;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The trainings of a search, one after another, each written down when it has ended. */
final class TrialTrainings {

  private final SearchFolder folder;
  private final TaskConfig<?> common;
  private final RunListener listener;
  private final RunSeries series;

  /**
   * @param folder where results go
   * @param common what trials have in common
   * @param listener is told what happens
   * @param series does the runs
   */
  TrialTrainings(
      SearchFolder folder, TaskConfig<?> common, RunListener listener, RunSeries series) {
    this.folder = folder;
    this.common = common;
    this.listener = listener;
    this.series = series;
  }

  /** Trains what is left to be trained. */
  SearchResult after(SearchResult earlier) {
    SearchResult found = earlier;
    for (int rung = 1; rung <= found.rungs().size(); rung++) {
      List<Trial> trials = found.on(rung);
      for (Trial trial : trials) {
        if (found.outcome(trial, rung).isEmpty()) {
          int epochs = found.rungs().get(rung - 1).epochs();
          listener.notice(
              "%s (%d of %d), %s: %s"
                  .formatted(
                      trial.name(),
                      trials.indexOf(trial) + 1,
                      trials.size(),
                      epochs == 1 ? "1 epoch" : epochs + " epochs",
                      trial.text()));
          TrialOutcome outcome = train(trial, rung, epochs);
          found = found.with(List.of(outcome));
          folder.keep(found);
          listener.notice(text(outcome, trial, found));
        }
      }
    }
    return found;
  }

  private TrialOutcome train(Trial trial, int rung, int epochs) {
    long begun = System.nanoTime();
    TrialOutcome.State state = TrialOutcome.State.FINISHED;
    Optional<RunResult> result = Optional.empty();
    Optional<String> problem = Optional.empty();
    Path results = folder.of(trial.number(), rung);
    RunMode mode = RunSeries.isBegun(results) ? RunMode.RESUME : RunMode.NEW;
    try {
      result = Optional.of(series.run(trial.of(common, epochs), results, mode));
    } catch (DivergedRunException | NotFiniteException | OutOfDeviceMemoryException e) {
      // Another trial may do well.
      state = state(e);
      problem = Optional.of(e.getMessage());
    }
    return new TrialOutcome(
        trial.number(),
        rung,
        epochs,
        state,
        result.flatMap(RunResult::bestEvaluation),
        problem,
        (System.nanoTime() - begun) / 1e9);
  }

  private static TrialOutcome.State state(UserException failure) {
    return failure instanceof OutOfDeviceMemoryException
        ? TrialOutcome.State.OUT_OF_MEMORY
        : TrialOutcome.State.DIVERGED;
  }

  /** How a training has ended. */
  private static String text(TrialOutcome outcome, Trial trial, SearchResult found) {
    if (outcome.evaluation().isEmpty()) {
      return "%s failed: %s".formatted(trial.name(), outcome.problem().orElseThrow());
    }
    EvaluationResult result = outcome.evaluation().get().result();
    return String.format(
        Locale.ROOT,
        "%s: %s %.4f%s",
        trial.name(),
        found.judge().name(),
        found.judge().value(result),
        found.best().equals(Optional.of(outcome)) ? ", the best trial so far" : "");
  }
}
