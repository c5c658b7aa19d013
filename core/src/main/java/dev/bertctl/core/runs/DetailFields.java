// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.metric.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric's details as metrics.json has them. */
final class DetailFields {

  private static final String LABELS = "labels";
  private static final String CONFUSION = "confusion_matrix";

  private DetailFields() {}

  static Map<String, Object> of(List<Detail> details) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Detail detail : details) {
      if (detail instanceof Detail.Confusion confusion) {
        fields.put(LABELS, confusion.labels());
        fields.put(CONFUSION, confusion.counts());
      } else if (detail instanceof Detail.Table table) {
        fields.put(table.name(), table.rows());
      } else if (detail instanceof Detail.Value value) {
        fields.put(value.name(), value.value());
      }
    }
    return fields;
  }

  /** Reads what {@link #of} gave. */
  static List<Detail> read(JsonNode fields) {
    List<Detail> details = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.equals(CONFUSION)) {
        details.add(new Detail.Confusion(texts(fields.path(LABELS)), counts(value)));
      } else if (value.isObject()) {
        details.add(new Detail.Table(name, rows(value)));
      } else if (!name.equals(LABELS)) {
        details.add(new Detail.Value(name, number(value)));
      }
    }
    return details;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<List<Long>> counts(JsonNode rows) {
    List<List<Long>> counts = new ArrayList<>();
    for (JsonNode row : rows) {
      List<Long> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.asLong()));
      counts.add(cells);
    }
    return counts;
  }

  private static Map<String, Map<String, Number>> rows(JsonNode table) {
    Map<String, Map<String, Number>> rows = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> row : table.properties()) {
      Map<String, Number> numbers = new LinkedHashMap<>();
      row.getValue()
          .properties()
          .forEach(cell -> numbers.put(cell.getKey(), number(cell.getValue())));
      rows.put(row.getKey(), numbers);
    }
    return rows;
  }

  /** JSON has what is not finite as text. */
  static Number number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    return value.isNumber() ? value.doubleValue() : Double.valueOf(value.asText());
  }
}
