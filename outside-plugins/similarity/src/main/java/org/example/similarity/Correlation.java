// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How two series of numbers go together. */
final class Correlation {

  private Correlation() {}

  /**
   * Pearson's correlation, from -1 to 1: (1, 2, 3) and (1, 2, 6) give 5/√28 = 0.9449. 0 where one
   * of the series does not vary, and the correlation is not defined.
   */
  static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    double covariance = 0;
    double varianceX = 0;
    double varianceY = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      covariance += dx * dy;
      varianceX += dx * dx;
      varianceY += dy * dy;
    }
    return varianceX == 0 || varianceY == 0
        ? 0
        : covariance / (Math.sqrt(varianceX) * Math.sqrt(varianceY));
  }

  /** Spearman's correlation: Pearson's of the {@link #ranks}. */
  static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  /** Ranks from 1; equal numbers share the mean of theirs: (5, 2, 5, 9) gives (2.5, 1, 2.5, 4). */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      for (to = from + 1; to < order.length && values[order[to]] == values[order[from]]; to++) {}
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
    }
    return ranks;
  }

  /** The mean of the squared differences: (1, 2, 3) and (1, 2, 6) give 3. */
  static double meanSquaredError(double[] x, double[] y) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> (x[i] - y[i]) * (x[i] - y[i]))
        .average()
        .orElse(0);
  }
}
