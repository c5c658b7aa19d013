// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;

/**
 * The learning rate of each step of a run, as Hugging Face transformers' {@code get_scheduler}
 * gives it: with a peak of 1, 2 warm-up steps and 6 steps in all the linear schedule has the rates
 * 0, 0.5, 1, 0.75, 0.5, 0.25.
 *
 * @param schedule the curve
 * @param peak the highest rate
 * @param totalSteps steps of the whole run
 */
public record LearningRate(ScheduleSpec schedule, double peak, long totalSteps) {

  /**
   * Checks the peak against the end.
   *
   * @throws UserException if a polynomial would not fall
   */
  public LearningRate {
    if (schedule.kind() == ScheduleSpec.Kind.POLYNOMIAL && !(schedule.end() < peak)) {
      throw new UserException(
          "a schedule 'polynomial' ends at %s, which is not below the highest learning rate %s; end lower, or raise train.learning-rate"
              .formatted(schedule.end(), peak));
    }
  }

  /** Steps in which the rate rises. */
  public long warmupSteps() {
    return schedule.warmupSteps(totalSteps);
  }

  /**
   * The rate of the next step. Behind the last step the rate stays what it is there.
   *
   * @param done steps done before it, from 0; a fraction where the place in the schedule is not
   *     counted in steps
   */
  public double at(double done) {
    long warmup = warmupSteps();
    if (done < warmup) {
      return peak * (done / warmup);
    }
    double falling = Math.max(1, totalSteps - warmup);
    double progress = Math.min(1, (done - warmup) / falling);
    double remaining = Math.max(0, totalSteps - done) / falling;
    return switch (schedule.kind()) {
      case CONSTANT, CONSTANT_WITH_WARMUP -> peak;
      case LINEAR -> peak * remaining;
      case COSINE -> peak * cosine(2 * schedule.cycles() * progress);
      case COSINE_WITH_RESTARTS ->
          progress < 1 ? peak * cosine(schedule.cycles() * progress % 1) : 0;
      case POLYNOMIAL ->
          (peak - schedule.end()) * Math.pow(remaining, schedule.power()) + schedule.end();
    };
  }

  /** From 1 at even numbers to 0 at odd ones. */
  private static double cosine(double halfWaves) {
    return 0.5 * (1 + Math.cos(Math.PI * halfWaves));
  }
}
