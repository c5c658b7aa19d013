// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Tuner;
import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.BinaryMetric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses the threshold that is best on the validation set. Thresholds differ in effect only where
 * a probability lies between them, so one is tried for each gap between neighbouring probabilities:
 * the gap's middle, or 0.5 where the gap holds it. Of equally good ones the nearest to 0.5 is
 * taken, of two equally near the lower.
 *
 * <p>Probabilities 0.2, 0.6, 0.8 of which the last is a paraphrase: 0.1 gives accuracy 1/3, 0.5
 * gives 2/3, 0.7 gives 1 and is chosen, 0.9 gives 2/3.
 *
 * @param goal what is to be highest
 */
record ThresholdTuner(BinaryMetric.Goal goal) implements Tuner<LabelledText, Classification> {

  private static final double USUAL = 0.5;

  @Override
  public Map<String, Object> tune(List<LabelledText> examples, List<Classification> predictions) {
    List<Pair> rising =
        IntStream.range(0, examples.size())
            .mapToObj(i -> Pair.of(examples.get(i), predictions.get(i)))
            .sorted(Comparator.comparingDouble(Pair::probability))
            .toList();
    return Map.of("threshold", best(rising).threshold());
  }

  private Choice best(List<Pair> rising) {
    long positives = rising.stream().filter(Pair::positive).count();
    Choice best = new Choice(0, Double.NEGATIVE_INFINITY);
    long missed = 0; // positive pairs below the threshold
    for (int below = 0; below <= rising.size(); below++) {
      double low = below == 0 ? 0 : rising.get(below - 1).probability();
      double high = below == rising.size() ? 1 : rising.get(below).probability();
      if (below == 0 || low < high) {
        long found = positives - missed;
        BinaryCounts counts =
            new BinaryCounts(found, rising.size() - below - found, missed, below - missed);
        Choice choice = new Choice(between(low, high), goal.of(counts));
        best = choice.isBetterThan(best) ? choice : best;
      }
      if (below < rising.size() && rising.get(below).positive()) {
        missed++;
      }
    }
    return best;
  }

  /** A threshold that takes {@code high} and leaves {@code low}, were they ever so close. */
  private static double between(double low, double high) {
    if (low < USUAL && USUAL <= high) {
      return USUAL;
    }
    double middle = (low + high) / 2;
    return middle > low ? middle : high;
  }

  /** The probability that a pair is positive, and whether it is. */
  private record Pair(double probability, boolean positive) {

    static Pair of(LabelledText example, Classification prediction) {
      return new Pair(
          prediction.probabilities().get(BinaryMetric.POSITIVE),
          example.label().orElseThrow() == BinaryMetric.POSITIVE);
    }
  }

  private record Choice(double threshold, double score) {

    boolean isBetterThan(Choice other) {
      return score > other.score
          || score == other.score
              && Math.abs(threshold - USUAL) < Math.abs(other.threshold - USUAL);
    }
  }
}
