// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.evaluation.Evaluation;
import java.util.Optional;

/** Is told of a run's progress. */
public interface TrainingObserver {

  /**
   * The first step of an epoch is made next.
   *
   * @param epoch from 1
   * @param epochs of the whole run
   * @param features of the epoch
   */
  default void epochBegan(int epoch, int epochs, long features) {}

  /** After each step. */
  void stepped(StepReport report);

  /** After each epoch and its evaluation, if there is a validation split. */
  void epochEnded(TrainingState state, Optional<Evaluation> evaluation);
}
