// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Gold numbers and the predicted ones, and how far they agree. What is not defined is {@code NaN}:
 * a correlation if either are all the same, the coefficient of determination if the gold ones are,
 * everything where there are none.
 *
 * <p>Gold (1, 2, 3, 4) and predicted (1, 3, 2, 4) have the Pearson and Spearman correlation 0.8,
 * the mean absolute error 0.5, the root mean squared error 0.7071 and the coefficient of
 * determination 0.6.
 */
final class NumberPairs {

  private static final int FIRST_CAPACITY = 64;

  private double[] gold = new double[FIRST_CAPACITY];
  private double[] predicted = new double[FIRST_CAPACITY];
  private int size;

  void add(double right, double found) {
    if (size == gold.length) {
      gold = Arrays.copyOf(gold, 2 * size);
      predicted = Arrays.copyOf(predicted, 2 * size);
    }
    gold[size] = right;
    predicted[size] = found;
    size++;
  }

  double pearson() {
    return correlation(Arrays.copyOf(gold, size), Arrays.copyOf(predicted, size));
  }

  /** Pearson's correlation of the ranks. */
  double spearman() {
    return correlation(ranks(Arrays.copyOf(gold, size)), ranks(Arrays.copyOf(predicted, size)));
  }

  double meanAbsoluteError() {
    return mean(IntStream.range(0, size).mapToDouble(i -> Math.abs(gold[i] - predicted[i])).sum());
  }

  double rootMeanSquaredError() {
    return Math.sqrt(mean(squaredError()));
  }

  /** {@code R² = 1 - squared error / squared deviation of the gold numbers from their mean}. */
  double determination() {
    double variation = variation(Arrays.copyOf(gold, size));
    return variation == 0 ? Double.NaN : 1 - squaredError() / variation;
  }

  private double squaredError() {
    return IntStream.range(0, size).mapToDouble(i -> square(gold[i] - predicted[i])).sum();
  }

  private double mean(double sum) {
    return size == 0 ? Double.NaN : sum / size;
  }

  private static double correlation(double[] x, double[] y) {
    double scale = Math.sqrt(variation(x)) * Math.sqrt(variation(y));
    if (!(scale > 0)) {
      return Double.NaN;
    }
    double meanX = mean(x);
    double meanY = mean(y);
    double covariation =
        IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum();
    return Math.max(-1, Math.min(1, covariation / scale));
  }

  /** Exactly 0 where all are the same, whatever the mean is rounded to. */
  private static double variation(double... values) {
    if (Arrays.stream(values).distinct().limit(2).count() < 2) {
      return 0;
    }
    double mean = mean(values);
    return Arrays.stream(values).map(value -> square(value - mean)).sum();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double square(double value) {
    return value * value;
  }

  /** Ranks from 1; of equal values the mean of their places. */
  private static double[] ranks(double... values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int place = from; place < to; place++) {
        ranks[order[place]] = (from + 1 + to) / 2.;
      }
      from = to;
    }
    return ranks;
  }
}
