// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.List;

/**
 * How often a class was there and how often it was predicted, and the scores that follow.
 *
 * <p>A share of nothing is 0, as in scikit-learn with {@code zero_division=0}; so is a Matthews
 * correlation that is not defined. Gold (0, 1, 1, 1) and predicted (0, 0, 1, 1) count 2, 0, 1, 1
 * and give accuracy 3/4, precision 1, recall 2/3, F1 4/5 and Matthews correlation 1/√3 = 0.5774.
 *
 * @param truePositives there and predicted
 * @param falsePositives predicted, but not there
 * @param falseNegatives there, but not predicted
 * @param trueNegatives neither
 */
public record BinaryCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  /** {@return share of all that is right} */
  public double accuracy() {
    long right = truePositives + trueNegatives;
    return share(right, right + falsePositives + falseNegatives);
  }

  /** {@return share of the predicted that is there} */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** {@return share of what is there that is predicted} */
  public double recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** {@return harmonic mean of precision and recall} */
  public double f1() {
    return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /**
   * {@return correlation of gold and predicted, from -1 to 1, 0 for guessing (Matthews 1975, the
   * phi coefficient)}
   */
  public double matthewsCorrelation() {
    // Products of four counts do not fit into long.
    double covariance =
        (double) truePositives * trueNegatives - (double) falsePositives * falseNegatives;
    double variances =
        (double) (truePositives + falsePositives)
            * (truePositives + falseNegatives)
            * (trueNegatives + falsePositives)
            * (trueNegatives + falseNegatives);
    return variances == 0 ? 0 : covariance / Math.sqrt(variances);
  }

  /** {@return how often it was there} */
  public long support() {
    return truePositives + falseNegatives;
  }

  /** {@return the counts of the other class, if there are but two} */
  public BinaryCounts ofOthers() {
    return new BinaryCounts(trueNegatives, falseNegatives, falsePositives, truePositives);
  }

  /**
   * {@return the counts of several classes together, as of one}
   *
   * @param classes the counts of each
   */
  public static BinaryCounts sum(List<BinaryCounts> classes) {
    return new BinaryCounts(
        classes.stream().mapToLong(BinaryCounts::truePositives).sum(),
        classes.stream().mapToLong(BinaryCounts::falsePositives).sum(),
        classes.stream().mapToLong(BinaryCounts::falseNegatives).sum(),
        classes.stream().mapToLong(BinaryCounts::trueNegatives).sum());
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
