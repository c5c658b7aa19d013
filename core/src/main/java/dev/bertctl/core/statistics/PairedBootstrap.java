// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The paired bootstrap (Efron and Tibshirani 1993; Koehn 2004; Berg-Kirkpatrick et al. 2012, figure
 * 1): as many examples as there are, drawn with replacement and the same for both systems, are
 * scored again, many times over.
 *
 * <p>The p-value is two-sided: the share of resamples whose difference is at least as far from the
 * measured one as the measured one is from 0. One is added to both counts, so that it is never 0
 * (Davison and Hinkley 1997, section 4.2).
 */
public final class PairedBootstrap {

  private final Resampling resampling;

  /**
   * @param resampling how it draws
   */
  public PairedBootstrap(Resampling resampling) {
    this.resampling = resampling;
  }

  /** Scores of two systems on some examples, by the values' names. */
  @FunctionalInterface
  public interface Scoring {
    /**
     * @param examples places of the examples; one may be there several times
     */
    Map<String, Pair> score(int[] examples);
  }

  /**
   * A value of both systems.
   *
   * @param first the first system's
   * @param second the second system's
   */
  public record Pair(double first, double second) {

    /** The second's less the first's. */
    public double difference() {
      return second - first;
    }
  }

  /**
   * What the resamples tell of a value.
   *
   * @param first interval of the first system's value
   * @param second of the second's
   * @param difference of the second's less the first's
   * @param p two-sided p-value of no difference; {@code NaN} if the difference is not defined
   */
  public record Spread(Interval first, Interval second, Interval difference, double p) {}

  /**
   * Draws and scores.
   *
   * @param examples how many there are
   * @param measured the values on all of them
   */
  public Map<String, Spread> run(int examples, Map<String, Pair> measured, Scoring scoring) {
    Map<String, Pair[]> drawn = new LinkedHashMap<>();
    measured.keySet().forEach(name -> drawn.put(name, new Pair[resampling.resamples()]));
    SplittableRandom random = new SplittableRandom(resampling.seed());
    for (int i = 0; i < resampling.resamples(); i++) {
      int place = i;
      Map<String, Pair> scores =
          scoring.score(
              IntStream.generate(() -> random.nextInt(examples)).limit(examples).toArray());
      drawn.forEach((name, pairs) -> pairs[place] = scores.get(name));
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    drawn.forEach(
        (name, pairs) -> spreads.put(name, spread(measured.get(name).difference(), pairs)));
    return spreads;
  }

  private static Spread spread(double measured, Pair[] pairs) {
    double[] differences = Arrays.stream(pairs).mapToDouble(Pair::difference).toArray();
    return new Spread(
        Interval.of(Arrays.stream(pairs).mapToDouble(Pair::first).toArray()),
        Interval.of(Arrays.stream(pairs).mapToDouble(Pair::second).toArray()),
        Interval.of(differences),
        p(measured, differences));
  }

  private static double p(double measured, double[] differences) {
    double[] defined = Arrays.stream(differences).filter(value -> !Double.isNaN(value)).toArray();
    if (Double.isNaN(measured) || defined.length == 0) {
      return Double.NaN;
    }
    // Differences that are equal but for rounding are equal.
    double least = Math.abs(measured) - 1e-12;
    long far = Arrays.stream(defined).filter(value -> Math.abs(value - measured) >= least).count();
    return (far + 1.0) / (defined.length + 1.0);
  }
}
