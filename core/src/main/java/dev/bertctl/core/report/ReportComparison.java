// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.core.comparison.ComparisonReport;
import dev.bertctl.core.comparison.Differences;
import dev.bertctl.spi.decode.MarkedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The facts of two runs side by side: their reports, and what a comparison of them found. */
public final class ReportComparison {

  /** Examples of each side that are shown. */
  static final int MOST = 50;

  private static final int LONGEST = 300;
  private static final String SETTINGS = "settings";

  /** What one wants to see of each run by itself. */
  private static final List<String> SIDE =
      List.of("title", "model", "setup", "best", "curves", "timing", "versions");

  private ReportComparison() {}

  /**
   * Puts two reports together.
   *
   * @param a what {@link ReportFiles#read} gave for A
   * @param b what it gave for B
   * @param found the comparison of their predictions
   */
  public static Map<String, Object> of(
      Map<String, Object> a, Map<String, Object> b, ComparisonReport found) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "comparison");
    facts.put("title", "%s: %s and %s".formatted(found.task(), found.a(), found.b()));
    facts.put("task", found.task());
    facts.put("a", side(found.a(), a));
    facts.put("b", side(found.b(), b));
    facts.put("gold", found.gold());
    facts.put("examples", found.examples());
    facts.put("primary", found.primary());
    facts.put("resamples", found.resampling().resamples());
    facts.put("metrics", metrics(found));
    facts.put("differences", differences(found.differences()));
    facts.put(SETTINGS, settings(a, b));
    return facts;
  }

  private static Map<String, Object> side(String name, Map<String, Object> report) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("name", name);
    SIDE.stream().filter(report::containsKey).forEach(field -> side.put(field, report.get(field)));
    return side;
  }

  private static List<Map<String, Object>> metrics(ComparisonReport found) {
    List<Map<String, Object>> rows = new ArrayList<>();
    found
        .values()
        .forEach(
            (name, value) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("name", name);
              row.put("a", value.a());
              row.put("a_interval", value.aInterval().fields());
              row.put("b", value.b());
              row.put("b_interval", value.bInterval().fields());
              row.put("difference", value.difference());
              row.put("difference_interval", value.differenceInterval().fields());
              row.put("test", value.test().toString());
              row.put("p", value.p());
              rows.add(row);
            });
    return rows;
  }

  private static Map<String, Object> differences(Differences differences) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("by", differences.judge());
    facts.put("right_or_wrong", differences.rightOrWrong());
    facts.put("both_right", differences.bothRight());
    facts.put("both_wrong", differences.bothWrong());
    facts.put("only_a", side(differences.first()));
    facts.put("only_b", side(differences.second()));
    return facts;
  }

  private static Map<String, Object> side(List<Differences.Difference> differences) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("count", differences.size());
    facts.put("examples", differences.stream().limit(MOST).map(ReportComparison::example).toList());
    return facts;
  }

  private static Map<String, Object> example(Differences.Difference difference) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("place", difference.location().toString());
    List<Map<String, Object>> passages = new ArrayList<>();
    difference
        .columns()
        .forEach(
            (name, value) -> {
              // Tables that other programs wrote have a column of row numbers without a name.
              if (name.isBlank()) {
                return;
              }
              Map<String, Object> passage = new LinkedHashMap<>();
              passage.put("name", name);
              passage.put(
                  "parts", ShownText.parts(new MarkedText(String.valueOf(value), List.of())));
              passages.add(passage);
            });
    facts.put("passages", passages);
    facts.put("a", text(difference.first()));
    facts.put("b", text(difference.second()));
    return facts;
  }

  private static String text(Map<String, Object> prediction) {
    return ShownText.cut(PredictedText.of(prediction), LONGEST);
  }

  /** The settings that differ; a side that does not have one has nothing. */
  private static List<Map<String, Object>> settings(Map<String, Object> a, Map<String, Object> b) {
    if (!(a.get(SETTINGS) instanceof Map<?, ?> first)
        || !(b.get(SETTINGS) instanceof Map<?, ?> second)) {
      return List.of();
    }
    Set<Object> keys = new LinkedHashSet<>(first.keySet());
    keys.addAll(second.keySet());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object key : keys) {
      if (!Objects.equals(first.get(key), second.get(key))) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", key);
        row.put("a", first.get(key));
        row.put("b", second.get(key));
        rows.add(row);
      }
    }
    return rows;
  }
}
