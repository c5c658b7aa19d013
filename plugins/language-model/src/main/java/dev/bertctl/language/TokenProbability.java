// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import java.util.LinkedHashMap;
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

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(TOKEN, token);
    fields.put(PROBABILITY, probability);
    return fields;
  }
}
