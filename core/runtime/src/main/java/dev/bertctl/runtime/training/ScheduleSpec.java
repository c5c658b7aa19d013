// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;

/**
 * What the learning rate does in the course of a run, by the names and numbers of Hugging Face's
 * schedules.
 *
 * @param kind the curve behind the warm-up
 * @param warmup how the rate rises before; {@link Kind#CONSTANT} has none, whatever is given
 * @param cycles waves of a cosine (0.5 is the fall from the peak to 0), or falls from the peak to 0
 *     of a cosine with restarts; the other kinds have none
 * @param power of the remaining share of steps, of a polynomial
 * @param end the rate behind the last step, of a polynomial
 */
public record ScheduleSpec(Kind kind, Warmup warmup, double cycles, double power, double end) {

  /** A polynomial falls linearly unless it is said otherwise. */
  public static final double DEFAULT_POWER = 1;

  /** Where a polynomial ends unless it is said otherwise. */
  public static final double DEFAULT_END = 1e-7;

  /**
   * Checks the numbers.
   *
   * @throws UserException naming the number that makes no such schedule
   */
  public ScheduleSpec {
    if (!(cycles > 0)) {
      throw new UserException("a schedule of %s cycles; it needs more than 0".formatted(cycles));
    }
    if (kind == Kind.COSINE_WITH_RESTARTS && cycles != Math.rint(cycles)) {
      throw new UserException(
          "a schedule 'cosine-with-restarts' of %s cycles; it needs a whole number of them"
              .formatted(cycles));
    }
    if (!(power > 0)) {
      throw new UserException("a schedule of the power %s; it needs one above 0".formatted(power));
    }
    if (!(end >= 0)) {
      throw new UserException("a schedule that ends at %s; it needs 0 or more".formatted(end));
    }
  }

  /** A schedule with the numbers that Hugging Face takes where none are given. */
  public static ScheduleSpec of(Kind kind, Warmup warmup) {
    return new ScheduleSpec(kind, warmup, kind.defaultCycles(), DEFAULT_POWER, DEFAULT_END);
  }

  /** Steps in which the rate rises, in a run of so many steps. */
  long warmupSteps(long totalSteps) {
    return kind == Kind.CONSTANT ? 0 : warmup.stepsOf(totalSteps);
  }

  /** Curves. */
  public enum Kind {
    /** The peak rate in every step, the first included. */
    CONSTANT,
    /** The peak rate after the warm-up. */
    CONSTANT_WITH_WARMUP,
    /** Falls in a straight line, to 0 behind the last step. */
    LINEAR,
    /** Falls as a cosine does, by default half a wave: slowly, fast, slowly, to 0. */
    COSINE,
    /** Falls to 0 as a cosine does, then starts from the peak again, by default once in all. */
    COSINE_WITH_RESTARTS,
    /** Falls as a power of the remaining share of steps does, to an end that need not be 0. */
    POLYNOMIAL;

    /** What a schedule has where no cycles are given. */
    public double defaultCycles() {
      return this == COSINE ? 0.5 : 1;
    }
  }
}
