// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/** How long the learning rate rises linearly from 0 at the beginning of a run. */
public sealed interface Warmup {

  /** No warm-up: the first step has the peak rate. */
  Warmup NONE = new Steps(0);

  /** Steps of the warm-up in a run of so many steps. */
  long stepsOf(long totalSteps);

  /**
   * A number of steps.
   *
   * @param steps at least 0
   */
  record Steps(long steps) implements Warmup {

    /** Checks the number. */
    public Steps {
      if (steps < 0) {
        throw new IllegalArgumentException("a warm-up of %d steps".formatted(steps));
      }
    }

    @Override
    public long stepsOf(long totalSteps) {
      return steps;
    }
  }

  /**
   * A share of all steps, rounded up to a whole step as Hugging Face does: of 0.1 and 11 steps, 2.
   *
   * @param share from 0 to 1
   */
  record Share(double share) implements Warmup {

    /** Checks the share. */
    public Share {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a warm-up of %s of all steps".formatted(share));
      }
    }

    @Override
    public long stepsOf(long totalSteps) {
      return (long) Math.ceil(totalSteps * share);
    }
  }
}
