// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.spi.metric.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  static List<Detail> read(JsonFields fields) {
    return fields.byKey(name -> detail(fields, name)).values().stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Detail> detail(JsonFields fields, String name) {
    if (name.equals(LABELS)) {
      return Optional.empty();
    }
    if (name.equals(CONFUSION)) {
      return Optional.of(new Detail.Confusion(fields.texts(LABELS), counts(fields)));
    }
    return Optional.of(
        fields.node().path(name).isObject()
            ? new Detail.Table(name, rows(fields.object(name)))
            : new Detail.Value(name, fields.integerOrNumber(name)));
  }

  private static List<List<Long>> counts(JsonFields fields) {
    List<List<Long>> counts = new ArrayList<>();
    for (JsonNode row : fields.list(CONFUSION)) {
      List<Long> cells = new ArrayList<>();
      for (JsonNode cell : row) {
        if (!cell.canConvertToLong() || !cell.isIntegralNumber()) {
          throw fields.wrong(CONFUSION, "rows of integers");
        }
        cells.add(cell.longValue());
      }
      counts.add(cells);
    }
    return counts;
  }

  private static Map<String, Map<String, Number>> rows(JsonFields table) {
    return table.byKey(
        name -> {
          JsonFields row = table.object(name);
          return row.byKey(row::integerOrNumber);
        });
  }
}
