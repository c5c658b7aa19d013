// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which of a metric's values are means of what it says of each example alone, as accuracy
 * and exact match are and F1 of entities is not. It is told on all examples, and on parts of them
 * lest it be so by chance; none of them is kept.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class MeanValues<X extends Example, P extends Prediction> {

  private static final double ROUNDING = 1e-9;

  private final Metric<X, P> metric;
  private final List<Part> parts;
  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private int count;

  /**
   * @param metric the task's
   */
  public MeanValues(Metric<X, P> metric) {
    this.metric = metric;
    this.parts = List.of(new Part(1, 0), new Part(2, 1), new Part(3, 0));
  }

  /**
   * Takes one more example.
   *
   * @return its values alone
   */
  public Map<String, Double> add(X example, P prediction) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    scorer.add(example, prediction);
    Map<String, Double> alone = scorer.scores().values();
    if (count == 0) {
      alone.keySet().forEach(name -> sums.put(name, new double[parts.size()]));
    }
    // What is not there for every example cannot be their mean.
    sums.keySet().retainAll(alone.keySet());
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).has(count)) {
        parts.get(i).add(example, prediction);
        int part = i;
        sums.forEach((name, sum) -> sum[part] += alone.get(name));
      }
    }
    count++;
    return alone;
  }

  /** How many examples there are. */
  public int count() {
    return count;
  }

  /** The values on all examples. */
  public Map<String, Double> measured() {
    return parts.get(0).values();
  }

  /** Whether a value is the mean of those of the examples alone. */
  public boolean isMean(String name) {
    double[] own = sums.get(name);
    for (int i = 0; own != null && i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.size > 0) {
        double whole = part.values().getOrDefault(name, Double.NaN);
        if (!(Math.abs(own[i] / part.size - whole) < ROUNDING)) {
          return false;
        }
      }
    }
    return own != null;
  }

  /** A part of the examples: all, the even ones, or those that are not every third. */
  private final class Part {
    private final int every;
    private final int without;
    private final Metric.Scorer<X, P> scorer = metric.scorer();
    private Map<String, Double> values;
    private int size;

    Part(int every, int without) {
      this.every = every;
      this.without = without;
    }

    boolean has(int place) {
      return every == 1 || place % every != without;
    }

    void add(X example, P prediction) {
      scorer.add(example, prediction);
      values = null;
      size++;
    }

    Map<String, Double> values() {
      values = values == null ? scorer.scores().values() : values;
      return values;
    }
  }
}
