// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a prediction, as they are written to files, as one text. */
final class PredictedText {

  /** The field in which most tasks have what they decided. */
  static final String PREDICTED = "predicted";

  private PredictedText() {}

  /** What was decided; where no field says it, all fields with their names. */
  static String of(Map<String, Object> fields) {
    return fields.containsKey(PREDICTED)
        ? String.valueOf(fields.get(PREDICTED))
        : fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue())
            .collect(Collectors.joining("; "));
  }
}
