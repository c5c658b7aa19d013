// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a metric found.
 *
 * @param values numbers by their usual names (accuracy, f1, precision, recall, exact_match), as
 *     shares of 1, in the order they are to be shown
 * @param details whatever explains them, as plain values: per class, confusion matrix
 */
public record Scores(Map<String, Double> values, Map<String, Object> details) {

  /** Copies both maps, keeping their order. */
  public Scores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
