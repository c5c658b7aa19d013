// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.statistics.Interval;
import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import dev.bertctl.core.statistics.PairedBootstrap.Spread;
import dev.bertctl.core.statistics.Resampling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a comparison of A and B found.
 *
 * @param task the task's name
 * @param a how the user named A
 * @param b how the user named B
 * @param gold the file of the examples
 * @param examples how many there are
 * @param primary the metric's most important value
 * @param resampling how the bootstrap drew
 * @param values each of the metric's values, by name
 * @param differences the examples on which they differ
 */
public record ComparisonReport(
    String task,
    String a,
    String b,
    String gold,
    int examples,
    String primary,
    Resampling resampling,
    Map<String, ComparedValue> values,
    Differences differences) {

  /** Copies the map, keeping its order. */
  public ComparisonReport {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What a p-value is of. */
  public enum Test {
    /** McNemar's exact test. */
    MCNEMAR,
    /** The paired bootstrap. */
    BOOTSTRAP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A value of A and of B.
   *
   * @param a A's
   * @param aInterval where A's lies with 95 % confidence
   * @param b B's
   * @param bInterval where B's lies
   * @param difference B's less A's
   * @param differenceInterval where the difference lies
   * @param test what the p-value is of
   * @param p two-sided p-value: how likely so large a difference is if A and B are equally good;
   *     {@code NaN} if one of the values is not defined
   */
  public record ComparedValue(
      double a,
      Interval aInterval,
      double b,
      Interval bInterval,
      double difference,
      Interval differenceInterval,
      Test test,
      double p) {

    ComparedValue(Pair measured, Spread spread, Test test, double p) {
      this(
          measured.first(),
          spread.first(),
          measured.second(),
          spread.second(),
          measured.difference(),
          spread.difference(),
          test,
          p);
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("a", a);
      fields.put("a_interval", aInterval.fields());
      fields.put("b", b);
      fields.put("b_interval", bInterval.fields());
      fields.put("difference", difference);
      fields.put("difference_interval", differenceInterval.fields());
      fields.put("test", test.toString());
      fields.put("p", p);
      return fields;
    }
  }

  /** As plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task);
    fields.put("a", a);
    fields.put("b", b);
    fields.put("gold", gold);
    fields.put("examples", examples);
    fields.put("primary", primary);
    fields.put("resamples", resampling.resamples());
    fields.put("seed", resampling.seed());
    Map<String, Object> metrics = new LinkedHashMap<>();
    values.forEach((name, value) -> metrics.put(name, value.fields()));
    fields.put("metrics", metrics);
    fields.put("differences", differences.fields());
    return fields;
  }
}
