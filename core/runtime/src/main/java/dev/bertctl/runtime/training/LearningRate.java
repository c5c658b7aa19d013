// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/**
 * Linear warm-up, then a schedule, as Hugging Face's {@code get_linear_schedule_with_warmup} and
 * {@code get_constant_schedule_with_warmup}: with a peak of 1, 2 warm-up steps and 6 steps in all
 * the rates are 0, 0.5, 1, 0.75, 0.5, 0.25 (linear) or 0, 0.5, 1, 1, 1, 1 (constant).
 *
 * @param schedule what follows the warm-up
 * @param peak the highest rate
 * @param warmupSteps steps until it is reached
 * @param totalSteps steps of the whole run
 */
public record LearningRate(Schedule schedule, double peak, long warmupSteps, long totalSteps) {

  /** What the rate does after the warm-up. */
  public enum Schedule {
    /** It falls linearly, to 0 behind the last step. */
    LINEAR,
    /** It stays. */
    CONSTANT
  }

  /**
   * The learning rate of a run.
   *
   * @param warmupRatio share of the steps that warm up, rounded up to a whole step
   */
  public static LearningRate of(
      Schedule schedule, double peak, double warmupRatio, long totalSteps) {
    return new LearningRate(schedule, peak, (long) Math.ceil(totalSteps * warmupRatio), totalSteps);
  }

  /**
   * The rate of a step.
   *
   * @param done steps done
   */
  public double at(double done) {
    if (done < warmupSteps) {
      return peak * done / warmupSteps;
    }
    return switch (schedule) {
      case LINEAR -> peak * Math.max(0, totalSteps - done) / Math.max(1, totalSteps - warmupSteps);
      case CONSTANT -> peak;
    };
  }
}
