// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows in a request: {@code {"rows": [{…}, …]}}, an array of rows, or a single row. */
final class RequestRows {

  private static final String ROWS = "rows";
  private static final ObjectMapper JSON = new ObjectMapper();

  private RequestRows() {}

  /**
   * The rows, values by column.
   *
   * @throws ProblemException naming what is no row
   */
  static List<Map<String, Object>> of(JsonNode body) {
    if (body.isArray()) {
      return rows(body);
    }
    if (!body.isObject()) {
      throw wrong("the body is %s; give {\"rows\": [{…}, …]}", body);
    }
    if (!body.has(ROWS) || !body.get(ROWS).isArray()) {
      return List.of(row(body));
    }
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!field.getKey().equals(ROWS)) {
        throw new ProblemException(
            ProblemType.VALIDATION, "unknown field '%s' beside 'rows'".formatted(field.getKey()));
      }
    }
    return rows(body.get(ROWS));
  }

  private static List<Map<String, Object>> rows(JsonNode array) {
    List<Map<String, Object>> rows = new ArrayList<>(array.size());
    for (JsonNode row : array) {
      if (!row.isObject()) {
        throw wrong("row " + (rows.size() + 1) + " is %s; give an object with its columns", row);
      }
      rows.add(row(row));
    }
    return rows;
  }

  private static Map<String, Object> row(JsonNode object) {
    return JSON.convertValue(object, new TypeReference<Map<String, Object>>() {});
  }

  private static ProblemException wrong(String message, JsonNode found) {
    String kind =
        switch (found.getNodeType()) {
          case ARRAY -> "a list";
          case STRING -> "a text";
          case NUMBER -> "a number";
          case BOOLEAN -> "a boolean";
          default -> "null";
        };
    return new ProblemException(ProblemType.VALIDATION, message.formatted(kind));
  }
}
