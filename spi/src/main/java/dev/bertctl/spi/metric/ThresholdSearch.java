// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the probability from which it is best to say yes. Thresholds differ in effect only where a
 * probability lies between them, so one is tried for each gap between neighbouring probabilities:
 * the gap's middle, or 0.5 where the gap holds it. Of equally good ones the nearest to 0.5 is
 * taken, of two equally near the lower.
 *
 * <p>Probabilities 0.2, 0.6, 0.8 of which the last is a yes: 0.1 gives accuracy 1/3, 0.5 gives 2/3,
 * 0.7 gives 1 and is chosen, 0.9 gives 2/3.
 */
public final class ThresholdSearch {

  private static final double USUAL = 0.5;

  private final List<Answer> answers = new ArrayList<>();

  /** How probable a yes was, and whether it was right. */
  private record Answer(double probability, boolean positive) {}

  private record Choice(double threshold, double score) {

    boolean isBetterThan(Choice other) {
      return score > other.score
          || score == other.score
              && Math.abs(threshold - USUAL) < Math.abs(other.threshold - USUAL);
    }
  }

  /**
   * Takes an answer.
   *
   * @param probability how probable a yes was
   * @param positive whether yes was right
   */
  public void add(double probability, boolean positive) {
    answers.add(new Answer(probability, positive));
  }

  /**
   * {@return the best threshold, from 0 to 1}
   *
   * @param goal what is to be highest
   */
  public double best(ToDoubleFunction<BinaryCounts> goal) {
    List<Answer> rising =
        answers.stream().sorted(Comparator.comparingDouble(Answer::probability)).toList();
    long positives = rising.stream().filter(Answer::positive).count();
    Choice best = new Choice(0, Double.NEGATIVE_INFINITY);
    long missed = 0; // positive answers below the threshold
    for (int below = 0; below <= rising.size(); below++) {
      double low = below == 0 ? 0 : rising.get(below - 1).probability();
      double high = below == rising.size() ? 1 : rising.get(below).probability();
      if (below == 0 || low < high) {
        long found = positives - missed;
        BinaryCounts counts =
            new BinaryCounts(found, rising.size() - below - found, missed, below - missed);
        Choice choice = new Choice(between(low, high), goal.applyAsDouble(counts));
        best = choice.isBetterThan(best) ? choice : best;
      }
      if (below < rising.size() && rising.get(below).positive()) {
        missed++;
      }
    }
    return best.threshold();
  }

  /** A threshold that takes {@code high} and leaves {@code low}, were they ever so close. */
  private static double between(double low, double high) {
    if (low < USUAL && USUAL <= high) {
      return USUAL;
    }
    double middle = (low + high) / 2;
    return middle > low ? middle : high;
  }
}
