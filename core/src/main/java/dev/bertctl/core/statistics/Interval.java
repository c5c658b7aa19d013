// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

/**
 * A 95 % confidence interval: the 2.5th and the 97.5th percentile of what resamples gave (Efron and
 * Tibshirani 1993, chapter 13).
 *
 * @param low its lower end; {@code NaN} if no resample gave a number
 * @param high its upper end
 */
public record Interval(double low, double high) {

  /** Of the values of resamples; those that are not defined count for nothing. */
  public static Interval of(double[] values) {
    double[] defined = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    if (defined.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    // As numpy.percentile has it, so that figures can be compared with those of Python.
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(defined);
    return new Interval(percentile.evaluate(2.5), percentile.evaluate(97.5));
  }

  /** As plain values. */
  public List<Double> fields() {
    return List.of(low, high);
  }
}
