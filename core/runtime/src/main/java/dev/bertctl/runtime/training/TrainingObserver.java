// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.evaluation.Evaluation;
import java.util.Optional;

/** Is told of a run's progress. */
public interface TrainingObserver {

  /** After each step. */
  void stepped(StepReport report);

  /** After each epoch and its evaluation, if there is a validation split. */
  void epochEnded(TrainingState state, Optional<Evaluation> evaluation);
}
