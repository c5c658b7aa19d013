// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

/**
 * How the bootstrap draws.
 *
 * @param resamples how often the examples are drawn anew
 * @param seed decides what is drawn: the same seed gives the same intervals and p-values
 */
public record Resampling(int resamples, long seed) {

  /** Enough for a p-value of 0.001 to be told from larger ones, and the fewest that are taken. */
  public static final int FEWEST = 1000;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there are fewer than {@value #FEWEST} resamples
   */
  public Resampling {
    if (resamples < FEWEST) {
      throw new IllegalArgumentException("%d resamples; at least %d".formatted(resamples, FEWEST));
    }
  }
}
