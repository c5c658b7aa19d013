// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.evaluation.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as users see it. */
final class EvaluationReport {

  private EvaluationReport() {}

  /** The part of metrics.json about one evaluation. */
  static Map<String, Object> fields(Evaluation<?> evaluation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("loss", evaluation.loss());
    fields.put("metrics", evaluation.scores().values());
    fields.put("details", evaluation.scores().details());
    return fields;
  }

  /** Such as {@code loss 0.6931, accuracy 0.8300}. */
  static String line(Evaluation<?> evaluation) {
    return String.format(Locale.ROOT, "loss %.4f, ", evaluation.loss())
        + evaluation.scores().values().entrySet().stream()
            .map(value -> String.format(Locale.ROOT, "%s %.4f", value.getKey(), value.getValue()))
            .collect(Collectors.joining(", "));
  }
}
