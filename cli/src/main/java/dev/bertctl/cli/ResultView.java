// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.ConfusionFacts;
import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Scores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what an evaluation found: a table of values, one of classes, the confusion matrix. */
final class ResultView {

  private ResultView() {}

  /**
   * Prints what a run found on its validation split and on its test split, where it has them, and
   * which epoch it saved.
   *
   * @param folder where the results are
   */
  static void print(RunResult run, Path folder, PrintWriter out) {
    run.best()
        .ifPresent(
            best -> {
              print(best, "validation", out);
              out.println();
            });
    run.test()
        .ifPresent(
            test -> {
              print(test, "test", out);
              out.println();
            });
    String saved =
        run.best().isPresent() ? "best: %s" : "%s, the last (no validation data to choose by)";
    out.println(
        saved.formatted(EvaluatedStep.name(run.bestStep(), run.bestEpoch()))
            + ", saved in "
            + folder);
  }

  /** Prints an evaluation. */
  static void print(EvaluationResult result, PrintWriter out) {
    print(result, "value", out);
  }

  /** Prints what a metric found without a model. */
  static void print(Scores scores, PrintWriter out) {
    print(Map.of(), scores.values(), scores.details(), "value", out);
  }

  private static void print(EvaluationResult result, String heading, PrintWriter out) {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("loss", result.loss());
    if (result.losses().size() > 1) {
      result.losses().forEach((name, loss) -> losses.put(name + " loss", loss));
    }
    print(losses, result.metrics(), result.details(), heading, out);
  }

  private static void print(
      Map<String, Double> losses,
      Map<String, Double> metrics,
      List<Detail> details,
      String heading,
      PrintWriter out) {
    Table values = new Table("METRIC", heading.toUpperCase(Locale.ROOT));
    losses.forEach((name, value) -> values.add(List.of(name, number(value))));
    metrics.forEach((name, value) -> values.add(List.of(name, number(value))));
    for (Detail detail : details) {
      if (detail instanceof Detail.Value value) {
        values.add(List.of(value.name(), number(value.value())));
      }
    }
    values.print(out);
    for (Detail detail : details) {
      if (detail instanceof Detail.Table table && !table.rows().isEmpty()) {
        out.println();
        print(table, out);
      } else if (detail instanceof Detail.Confusion confusion) {
        out.println();
        print(confusion, out);
      }
    }
    ConfusionFacts.of(details).ifPresent(facts -> print(facts, out));
  }

  private static void print(ConfusionFacts facts, PrintWriter out) {
    out.println();
    out.println(
        "always saying '%s' would have the accuracy %s"
            .formatted(facts.majority(), number(facts.majorityShare())));
    if (!facts.neverPredicted().isEmpty()) {
      out.println("never predicted: " + String.join(", ", facts.neverPredicted()));
    }
  }

  private static void print(Detail.Table detail, PrintWriter out) {
    List<String> columns =
        detail.rows().values().stream()
            .flatMap(numbers -> numbers.keySet().stream())
            .distinct()
            .toList();
    List<String> headings = new ArrayList<>();
    headings.add(heading(detail.name().replaceFirst("^(per|by)_", "")));
    columns.forEach(column -> headings.add(heading(column)));
    Table table = new Table(headings.toArray(String[]::new));
    detail
        .rows()
        .forEach(
            (name, numbers) -> {
              List<String> cells = new ArrayList<>();
              cells.add(name);
              columns.forEach(
                  column ->
                      cells.add(numbers.containsKey(column) ? number(numbers.get(column)) : ""));
              table.add(cells);
            });
    table.print(out);
  }

  private static String heading(String name) {
    return name.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  private static void print(Detail.Confusion confusion, PrintWriter out) {
    List<String> headings = new ArrayList<>();
    headings.add("GOLD \\ PREDICTED");
    headings.addAll(confusion.labels());
    Table table = new Table(headings.toArray(String[]::new));
    for (int i = 0; i < confusion.counts().size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(confusion.labels().get(i));
      confusion.counts().get(i).forEach(count -> cells.add(count.toString()));
      table.add(cells);
    }
    table.print(out);
  }

  private static String number(Number value) {
    return value instanceof Integer || value instanceof Long
        ? value.toString()
        : String.format(Locale.ROOT, "%.4f", value.doubleValue());
  }
}
