// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.inference;

/**
 * A loss summed up.
 *
 * @param sum of the weighted losses
 * @param weight sum of the weights
 * @param factor of this loss in the sum that is trained on
 */
public record LossSum(double sum, double weight, double factor) {

  /** This and that of other batches. */
  public LossSum plus(LossSum other) {
    return new LossSum(sum + other.sum, weight + other.weight, factor);
  }

  /** The weighted mean; 0 where no target counts. */
  public double mean() {
    return weight == 0 ? 0 : sum / weight;
  }
}
