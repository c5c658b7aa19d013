// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * @param metrics what metrics.json holds
   * @param folder where the results are
   */
  static void printRun(Map<String, Object> metrics, Path folder, PrintWriter out) {
    String saved = "epoch %s, the last (no validation data to choose by)";
    if (metrics.get("split") instanceof String split) {
      print(metrics, split, out);
      out.println();
      saved = "best epoch %s";
    }
    Map<String, Object> test = map(metrics.get("test"));
    if (!test.isEmpty()) {
      print(test, "test", out);
      out.println();
    }
    out.println(saved.formatted(metrics.get("best_epoch")) + ", saved in " + folder);
  }

  /**
   * Prints a result of one of the jobs of {@code dev.bertctl.core.runs}.
   *
   * @param result with {@code metrics}, and {@code loss} and {@code details} where there are any
   */
  static void print(Map<String, Object> result, PrintWriter out) {
    print(result, "value", out);
  }

  private static void print(Map<String, Object> result, String heading, PrintWriter out) {
    Table values = new Table("METRIC", heading.toUpperCase(Locale.ROOT));
    if (result.get("loss") instanceof Number loss) {
      values.add(List.of("loss", number(loss)));
    }
    map(result.get("metrics"))
        .forEach((name, value) -> values.add(List.of(name, number((Number) value))));
    Map<String, Object> details = map(result.get("details"));
    details.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            values.add(List.of(name, number(number)));
          }
        });
    values.print(out);
    classes(map(details.get("per_class")), out);
    confusion(details, out);
  }

  private static void classes(Map<String, Object> classes, PrintWriter out) {
    if (classes.isEmpty()) {
      return;
    }
    Table table = new Table("CLASS", "PRECISION", "RECALL", "F1", "SUPPORT");
    classes.forEach(
        (name, value) -> {
          Map<String, Object> row = map(value);
          table.add(
              List.of(
                  name,
                  number((Number) row.get("precision")),
                  number((Number) row.get("recall")),
                  number((Number) row.get("f1")),
                  row.get("support").toString()));
        });
    out.println();
    table.print(out);
  }

  private static void confusion(Map<String, Object> details, PrintWriter out) {
    if (!(details.get("confusion_matrix") instanceof List<?> rows)
        || !(details.get("labels") instanceof List<?> labels)) {
      return;
    }
    String[] headings = new String[labels.size() + 1];
    headings[0] = "GOLD \\ PREDICTED";
    for (int i = 0; i < labels.size(); i++) {
      headings[i + 1] = labels.get(i).toString();
    }
    Table table = new Table(headings);
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(labels.get(i).toString());
      ((List<?>) rows.get(i)).forEach(count -> cells.add(count.toString()));
      table.add(cells);
    }
    out.println();
    table.print(out);
  }

  private static String number(Number value) {
    return value instanceof Integer || value instanceof Long
        ? value.toString()
        : String.format(Locale.ROOT, "%.4f", value.doubleValue());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
