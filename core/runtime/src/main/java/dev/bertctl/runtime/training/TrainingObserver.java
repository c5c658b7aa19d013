// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.spi.decode.Prediction;
import java.util.Optional;

/**
 * Hears of a run's progress.
 *
 * @param <P> a prediction
 */
public interface TrainingObserver<P extends Prediction> {

  /** After each step. */
  void stepped(StepReport report);

  /** After each epoch and its evaluation, if there is a validation split. */
  void epochEnded(TrainingState state, Optional<Evaluation<P>> evaluation);
}
