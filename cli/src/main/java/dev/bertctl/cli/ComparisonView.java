// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.comparison.ComparisonReport;
import dev.bertctl.core.comparison.ComparisonReport.Test;
import dev.bertctl.core.comparison.Differences;
import dev.bertctl.core.comparison.Differences.Difference;
import dev.bertctl.core.statistics.Interval;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a comparison: the values, how the examples divide, and the first that differ. */
final class ComparisonView {

  /** What most predictions are shown by; of others what is not the same is shown. */
  private static final String PREDICTED = "predicted";

  private static final int WIDEST = 48;

  private ComparisonView() {}

  /**
   * Prints it.
   *
   * @param most how many examples of each kind to show
   */
  static void print(ComparisonReport report, int most, PrintWriter out) {
    out.println("A  " + report.a());
    out.println("B  " + report.b());
    out.printf("%,d examples of %s%n%n", report.examples(), report.gold());
    Table table = new Table("METRIC", "A", "", "B", "", "B - A", "", "P");
    report
        .values()
        .forEach(
            (name, value) ->
                table.add(
                    List.of(
                        name,
                        number("%.4f", value.a()),
                        interval(value.aInterval()),
                        number("%.4f", value.b()),
                        interval(value.bInterval()),
                        number("%+.4f", value.difference()),
                        interval(value.differenceInterval()),
                        number("%.4f", value.p()) + " " + test(value.test()))));
    table.print(out);
    out.printf(
        "in brackets: 95 %% confidence, by %,d resamples%n%n", report.resampling().resamples());
    print(report.differences(), most, out);
  }

  private static void print(Differences differences, int most, PrintWriter out) {
    int first = differences.first().size();
    int second = differences.second().size();
    if (differences.rightOrWrong()) {
      out.printf(
          "by %s: both right %,d, both wrong %,d, only A right %,d, only B right %,d%n",
          differences.judge(), differences.bothRight(), differences.bothWrong(), first, second);
    } else {
      out.printf(
          "by %s of each example: equal %,d, A better %,d, B better %,d%n",
          differences.judge(), differences.bothRight(), first, second);
    }
    String kind = differences.rightOrWrong() ? "only %s right" : "%s better";
    print(kind.formatted("A"), differences.first(), most, out);
    print(kind.formatted("B"), differences.second(), most, out);
  }

  private static void print(String kind, List<Difference> differences, int most, PrintWriter out) {
    if (differences.isEmpty() || most == 0) {
      return;
    }
    out.println();
    out.println(
        differences.size() > most
            ? "%s, the first %,d of %,d:".formatted(kind, most, differences.size())
            : kind + ":");
    Table table = new Table("EXAMPLE", "A", "B");
    differences.stream()
        .limit(most)
        .forEach(
            difference ->
                table.add(
                    List.of(
                        difference.location().toString(),
                        shown(difference.first(), difference.second()),
                        shown(difference.second(), difference.first()))));
    table.print(out);
  }

  private static String shown(Map<String, Object> prediction, Map<String, Object> other) {
    Object value = prediction.get(PREDICTED);
    if (value == null) {
      Map<String, Object> own = new LinkedHashMap<>(prediction);
      own.entrySet().removeAll(other.entrySet());
      value = own;
    }
    String text = value.toString().replaceAll("\\s+", " ");
    return text.codePointCount(0, text.length()) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  private static String test(Test test) {
    return test == Test.MCNEMAR ? "(McNemar)" : "(bootstrap)";
  }

  private static String interval(Interval interval) {
    return "[%s, %s]".formatted(number("%.4f", interval.low()), number("%.4f", interval.high()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
