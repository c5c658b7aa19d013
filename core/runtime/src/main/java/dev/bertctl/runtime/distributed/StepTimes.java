// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import java.time.Duration;
import java.util.List;

/**
 * What steps took, summed up.
 *
 * @param steps how many
 * @param wall from the order to the last answer
 * @param computed of the slowest process, without what it waited for
 * @param exchanged of the slowest process, until it had the sums of all
 */
public record StepTimes(long steps, Duration wall, Duration computed, Duration exchanged) {

  static final StepTimes NONE = new StepTimes(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  StepTimes plus(List<StepAnswer> answers, Duration step) {
    return new StepTimes(
        steps + 1,
        wall.plus(step),
        computed.plus(
            answers.stream().map(StepAnswer::computed).reduce(Duration.ZERO, StepTimes::longer)),
        exchanged.plus(
            answers.stream().map(StepAnswer::exchanged).reduce(Duration.ZERO, StepTimes::longer)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
