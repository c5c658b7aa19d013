// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a metric found.
 *
 * <p>{@code new Scores(Map.of("accuracy", 0.75), Map.of())} is shown as {@code accuracy 0.7500}.
 *
 * @param values numbers by their usual names (accuracy, f1, precision, recall, exact_match), as
 *     shares of 1, in the order they are to be shown; one that is not defined is {@code NaN}, and
 *     an epoch whose primary metric is {@code NaN} counts as the worst
 * @param details whatever explains them, as plain values: per class, confusion matrix
 */
public record Scores(Map<String, Double> values, Map<String, Object> details) {

  /**
   * Copies both maps, keeping their order.
   *
   * @param values numbers by their usual names
   * @param details whatever explains them
   */
  public Scores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
