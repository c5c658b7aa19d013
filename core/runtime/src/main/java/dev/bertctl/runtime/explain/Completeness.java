// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

/**
 * Whether the scores of all tokens sum up to what they explain.
 *
 * <p>A sum of 2.1 where the logit is 2 above the baseline's has the error 0.1, or 0.05 relatively.
 *
 * @param sum of the scores of all tokens, special tokens included
 * @param difference of the logit from that of the baseline
 */
public record Completeness(double sum, double difference) {

  /** How far the sum is off. */
  public double error() {
    return Math.abs(sum - difference);
  }

  /** The error's share of the difference; NaN if there is none. */
  public double relativeError() {
    return difference == 0 ? Double.NaN : error() / Math.abs(difference);
  }
}
