// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.search.SearchResult;
import dev.bertctl.core.search.Trial;
import dev.bertctl.core.search.TrialOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what a search found: a table of its trials. */
final class SearchView {

  private SearchView() {}

  /**
   * Prints a row for each trial, the best first, with the figures of its longest training and what
   * was drawn for it; then where the best one is.
   *
   * @param folder where the results are
   */
  static void print(SearchResult result, Path folder, PrintWriter out) {
    List<String> metrics =
        result.best().stream()
            .flatMap(best -> best.evaluation().stream())
            .flatMap(step -> step.result().metrics().keySet().stream())
            .toList();
    List<String> headings = new ArrayList<>(List.of("TRIAL", "EPOCHS", "LOSS"));
    metrics.forEach(name -> headings.add(name.toUpperCase(Locale.ROOT).replace('_', ' ')));
    headings.addAll(result.trials().get(0).settings().keySet());
    headings.add("");
    Table table = new Table(headings.toArray(String[]::new));
    result.ranked().forEach(outcome -> table.add(row(result, outcome, metrics)));
    table.print(out);
    out.println();
    result
        .best()
        .ifPresent(
            best ->
                out.println(
                    "best: trial %d, %s %s, saved in %s"
                        .formatted(
                            best.trial(),
                            result.judge().name(),
                            number(result.judge().value(best.evaluation().orElseThrow().result())),
                            folder.resolve(best.folder()))));
  }

  private static List<String> row(SearchResult result, TrialOutcome outcome, List<String> metrics) {
    Trial trial = result.trial(outcome);
    List<String> cells =
        new ArrayList<>(
            List.of(Integer.toString(outcome.trial()), Integer.toString(outcome.epochs())));
    cells.add(outcome.evaluation().map(step -> number(step.result().loss())).orElse(""));
    Map<String, Double> values =
        outcome
            .evaluation()
            .map(step -> step.result())
            .map(EvaluationResult::metrics)
            .orElse(Map.of());
    metrics.forEach(name -> cells.add(values.containsKey(name) ? number(values.get(name)) : ""));
    cells.addAll(trial.settings().values());
    cells.add(note(result.last(trial).orElse(outcome)));
    return cells;
  }

  /** What became of it, if it is not to be seen. */
  private static String note(TrialOutcome last) {
    if (last.state() == TrialOutcome.State.FINISHED) {
      return "";
    }
    String epochs = last.epochs() == 1 ? "1 epoch" : last.epochs() + " epochs";
    return last.state() + " in " + epochs;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
