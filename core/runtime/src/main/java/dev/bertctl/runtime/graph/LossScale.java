// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.Optional;

/**
 * What the loss is multiplied by before it is differentiated in float16, and the gradients divided
 * by after it: most gradients are smaller than the smallest number that float16 has (Micikevicius
 * et al., 2018). A gradient that is too large for float16 leaves the weights as they are and halves
 * the scale; after {@value #PATIENCE} steps without one it doubles. Scales are powers of two, so
 * that nothing is rounded.
 *
 * @param value 1 where the loss is not scaled
 * @param steps since the scale changed
 * @param skipped steps that were left out so far
 */
public record LossScale(double value, int steps, long skipped) {

  /** Of precisions that need none. */
  public static final LossScale NONE = new LossScale(1, 0, 0);

  /** What float16 begins with, as PyTorch does. */
  public static final LossScale START = new LossScale(65536, 0, 0);

  /** Steps without a gradient that is no number, after which the scale doubles. */
  public static final int PATIENCE = 2000;

  private static final double HIGHEST = 1 << 24;

  /**
   * The scale after a step.
   *
   * @param finite whether the gradients were numbers
   */
  public LossScale after(boolean finite) {
    if (!finite) {
      return new LossScale(value / 2, 0, skipped + 1);
    }
    return steps + 1 < PATIENCE
        ? new LossScale(value, steps + 1, skipped)
        : new LossScale(Math.min(HIGHEST, 2 * value), 0, skipped);
  }

  /** Why it is of no use any more, if so: gradients that are not numbers unscaled are none. */
  public Optional<String> problem() {
    return value < 1
        ? Optional.of(
            "gradients are no numbers though the loss is not scaled any more (%d steps were left out)"
                .formatted(skipped))
        : Optional.empty();
  }
}
