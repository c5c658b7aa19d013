// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.LossScale;
import java.time.Duration;

/**
 * How far a run has come; always between two steps. What is random in a step depends on seed, epoch
 * and step alone, so that this, the weights and the optimizer's slots are all that a run needs to
 * go on as if it had not stopped.
 *
 * @param epoch epochs done
 * @param batch batches done of the epoch after them
 * @param step steps done
 * @param parts into how many parts at least each batch is computed; more than one where memory did
 *     not suffice for a whole one
 * @param elapsed time used, evaluations included
 * @param scale what the loss of the next step is multiplied by
 */
public record TrainingState(
    int epoch, int batch, long step, int parts, Duration elapsed, LossScale scale) {

  /** Nothing done yet. */
  public static final TrainingState START =
      new TrainingState(0, 0, 0, 1, Duration.ZERO, LossScale.NONE);

  /** The same point with each batch in more parts. */
  public TrainingState inParts(int more) {
    return new TrainingState(epoch, batch, step, more, elapsed, scale);
  }

  /** The same point with another scale of the loss. */
  TrainingState with(LossScale another) {
    return new TrainingState(epoch, batch, step, parts, elapsed, another);
  }

  /**
   * The state after the next step.
   *
   * @param batches of the epoch
   */
  TrainingState afterStep(int batches, Duration used) {
    return batch + 1 < batches
        ? new TrainingState(epoch, batch + 1, step + 1, parts, used, scale)
        : new TrainingState(epoch + 1, 0, step + 1, parts, used, scale);
  }
}
