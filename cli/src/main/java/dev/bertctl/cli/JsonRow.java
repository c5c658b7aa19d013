// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** A prediction as a line of JSON. */
final class JsonRow {

  /** NaN stays what Python wrote into the input. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private JsonRow() {}

  static String of(Map<String, Object> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a prediction that is no plain values: " + row.keySet(), e);
    }
  }
}
