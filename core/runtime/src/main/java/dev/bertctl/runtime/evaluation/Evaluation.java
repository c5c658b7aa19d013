// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.spi.metric.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome of evaluating a split.
 *
 * @param examples how many examples there were
 * @param losses mean of each loss over the whole split, and the sum that is trained on
 * @param scores what the task's metric found
 * @param tuned options that the task's tuner chose on this split; nothing if none were chosen
 */
public record Evaluation(
    long examples, LossMeans losses, Scores scores, Map<String, Object> tuned) {

  /** Copies the map. */
  public Evaluation {
    tuned = Collections.unmodifiableMap(new LinkedHashMap<>(tuned));
  }
}
