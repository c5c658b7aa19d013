// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.evaluation;

import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Scores;
import java.util.List;

/**
 * The outcome of evaluating a split.
 *
 * @param loss mean loss over the whole split
 * @param scores what the task's metric found
 * @param predictions one for each example, in the data's order
 * @param <P> a prediction
 */
public record Evaluation<P extends Prediction>(double loss, Scores scores, List<P> predictions) {

  /** Copies the list. */
  public Evaluation {
    predictions = List.copyOf(predictions);
  }
}
