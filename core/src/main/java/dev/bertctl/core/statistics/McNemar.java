// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import java.util.stream.IntStream;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * McNemar's exact test for two systems that are each right or wrong on the same examples (McNemar
 * 1947; Dietterich 1998, section 3.1). Examples on which both are right, or both wrong, tell
 * nothing of which is better; were the two equally good, each of the others would be as likely the
 * one's as the other's.
 *
 * <p>3 and 11 examples that only one of them has right give p = 0.0574.
 */
public final class McNemar {

  private McNemar() {}

  /**
   * The exact test's two-sided p-value: twice the smaller tail of the binomial distribution with
   * probability 1/2, at most 1.
   *
   * @param onlyFirst examples that only the first system has right
   * @param onlySecond examples that only the second has right
   */
  public static double exact(int onlyFirst, int onlySecond) {
    BinomialDistribution chance = new BinomialDistribution(onlyFirst + onlySecond, 0.5);
    // The library's cumulative probability is 1 less something, and so 0 below 1e-16.
    double tail =
        IntStream.rangeClosed(0, Math.min(onlyFirst, onlySecond))
            .mapToDouble(chance::probability)
            .sum();
    return Math.min(1, 2 * tail);
  }
}
