// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A token of the vocabulary and its probability.
 *
 * @param token as the vocabulary has it, such as {@code paris} or {@code ##ing}
 * @param probability from 0 to 1
 */
record TokenProbability(String token, double probability) {

  static final String TOKEN = "token";
  static final String PROBABILITY = "probability";

  static final List<PredictionField> FIELDS =
      List.of(PredictionField.text(TOKEN), PredictionField.number(PROBABILITY));

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(TOKEN, token);
    fields.put(PROBABILITY, probability);
    return fields;
  }
}
