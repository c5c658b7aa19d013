// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.SeedsResult;
import dev.bertctl.core.runs.Spread;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Prints what runs with several seeds found: a table for each split. */
final class SeedsView {

  private SeedsView() {}

  /**
   * Prints a row for each seed, then mean and standard deviation, and what to hold against them.
   *
   * @param folder where the results are
   */
  static void print(SeedsResult result, Path folder, PrintWriter out) {
    print(result, "VALIDATION", SeedsResult::validation, out);
    print(result, "TEST", SeedsResult::test, out);
    result
        .majorityShare()
        .ifPresent(
            share ->
                out.println(
                    "majority share of validation: %s, the accuracy of always saying its most frequent label"
                        .formatted(number(share))));
    int collapsed = result.runs().size() - result.sound().size();
    if (collapsed > 0) {
      out.println(
          "collapsed: %d of %d, which say the same label to every validation example"
              .formatted(collapsed, result.runs().size()));
    }
    out.println("saved in " + folder);
  }

  private static void print(
      SeedsResult result,
      String split,
      Function<SeedsResult.Run, Optional<EvaluationResult>> found,
      PrintWriter out) {
    Map<String, Spread> all = SeedsResult.spreads(result.runs(), found);
    if (all.isEmpty()) {
      return;
    }
    List<String> headings = new ArrayList<>(List.of(split));
    all.keySet().forEach(name -> headings.add(name.toUpperCase(Locale.ROOT).replace('_', ' ')));
    headings.add("");
    Table table = new Table(headings.toArray(String[]::new));
    for (SeedsResult.Run run : result.runs()) {
      Map<String, Double> metrics =
          found.apply(run).map(EvaluationResult::metrics).orElse(Map.of());
      List<String> cells = new ArrayList<>(List.of("seed " + run.seed()));
      all.keySet()
          .forEach(name -> cells.add(metrics.containsKey(name) ? number(metrics.get(name)) : ""));
      cells.add(run.collapsed() ? "collapsed" : "");
      table.add(cells);
    }
    table.add(row("mean ± std", all));
    if (!result.sound().isEmpty() && result.sound().size() < result.runs().size()) {
      table.add(row("without collapsed", SeedsResult.spreads(result.sound(), found)));
    }
    table.print(out);
    out.println();
  }

  private static List<String> row(String name, Map<String, Spread> spreads) {
    List<String> cells = new ArrayList<>(List.of(name));
    spreads
        .values()
        .forEach(spread -> cells.add(number(spread.mean()) + " ± " + number(spread.std())));
    cells.add("");
    return cells;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
