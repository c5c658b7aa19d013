// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What can be said of a prediction in a few words, whatever the task: its plain values, and numbers
 * that have names, such as probabilities.
 */
final class PredictionSummary {

  private PredictionSummary() {}

  static List<Map<String, Object>> of(Map<String, Object> prediction) {
    List<Map<String, Object>> summary = new ArrayList<>();
    prediction.forEach(
        (name, value) -> {
          String text = text(value);
          if (!text.isEmpty()) {
            summary.add(Map.of("name", name.replace('_', ' '), "value", text));
          }
        });
    return summary;
  }

  /** Empty for what takes more than a line. */
  private static String text(Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Double || value instanceof Float) {
      return String.format(Locale.ROOT, "%.3f", ((Number) value).doubleValue());
    }
    if (value instanceof Number) {
      return value.toString();
    }
    if (value instanceof Map<?, ?> many
        && many.values().stream().allMatch(Number.class::isInstance)) {
      return many.entrySet().stream()
          .map(entry -> entry.getKey() + " " + text(entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return "";
  }
}
