// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of evaluating a split.
 *
 * @param loss mean loss over the whole split
 * @param scores what the task's metric found
 * @param predictions one for each example, in the data's order
 * @param tuned options that the task's tuner chose for these predictions; nothing if none were
 *     chosen
 * @param <P> a prediction
 */
public record Evaluation<P extends Prediction>(
    double loss, Scores scores, List<P> predictions, Map<String, Object> tuned) {

  /** Copies list and map. */
  public Evaluation {
    predictions = List.copyOf(predictions);
    tuned = Collections.unmodifiableMap(new LinkedHashMap<>(tuned));
  }
}
