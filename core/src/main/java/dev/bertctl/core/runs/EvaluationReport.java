// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.evaluation.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as users see it. */
final class EvaluationReport {

  /** Key of the options that were chosen on the data. */
  static final String TUNED = "tuned";

  private EvaluationReport() {}

  /** The part of metrics.json about one evaluation. */
  static Map<String, Object> fields(Evaluation<?> evaluation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("loss", evaluation.loss());
    fields.put("metrics", evaluation.scores().values());
    fields.put("details", evaluation.scores().details());
    if (!evaluation.tuned().isEmpty()) {
      fields.put(TUNED, evaluation.tuned());
    }
    return fields;
  }

  /** Such as {@code loss 0.6931, accuracy 0.8300}. */
  static String line(Evaluation<?> evaluation) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("loss", evaluation.loss());
    values.putAll(evaluation.scores().values());
    values.putAll(evaluation.tuned());
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + text(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : value.toString();
  }
}
