// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the values of one metric are spread over runs.
 *
 * @param mean their mean
 * @param std their sample standard deviation, with n - 1 in the denominator; 0 of a single value
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double mean, double std, double median, double min, double max) {

  /**
   * The spread of values.
   *
   * @param values one at least
   */
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Spread(
        mean,
        n == 1 ? 0 : Math.sqrt(squares / (n - 1)),
        (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
        sorted[0],
        sorted[n - 1]);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mean", mean);
    fields.put("std", std);
    fields.put("median", median);
    fields.put("min", min);
    fields.put("max", max);
    return fields;
  }
}
