// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The header of a CSV or TSV file, and the making of rows from records. */
final class Table {

  private final Location header;
  private final List<String> order;
  private final Set<String> present;
  private final FileReading reading;

  /**
   * @param header the first record
   * @param reading how the file is read
   * @throws DataException if two columns have the same name
   */
  Table(Cells header, FileReading reading) {
    this.header = header.location();
    this.order = header.values().stream().map(Invisible::strip).toList();
    this.present = Collections.unmodifiableSet(new LinkedHashSet<>(order));
    this.reading = reading;
    if (order.equals(List.of(""))) {
      throw new DataException(this.header, "the first line is empty; it must name the columns");
    }
    List<String> twice = new ArrayList<>(order);
    present.forEach(twice::remove);
    if (!twice.isEmpty()) {
      String name = twice.get(0);
      throw new DataException(
          this.header,
          name.isEmpty()
              ? "more than one column has no name; the header needs one for each column"
              : "two columns are called '%s'; rename one of them".formatted(name));
    }
  }

  /**
   * Makes a row.
   *
   * @param cells as many as the header has
   * @param mayEndEarly whether cells may be missing at the end: TSV is distributed with trailing
   *     tabs cut off
   * @throws DataException if there are too many or too few
   */
  DataRow row(Cells cells, boolean mayEndEarly) {
    int count = cells.values().size();
    if (count > order.size() || (count < order.size() && !mayEndEarly)) {
      throw new DataException(
          cells.location(),
          "%d cells, but the header has %d (%s); correct or remove the row. %s"
              .formatted(
                  count,
                  order.size(),
                  String.join(", ", order),
                  mayEndEarly
                      ? "A tab within a text must be replaced by a space"
                      : "A text with commas or line breaks needs double quotes around it"));
    }
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      columns.put(order.get(i), cells.values().get(i));
    }
    return new DataRow(
        cells.location(),
        Collections.unmodifiableMap(columns),
        header,
        present,
        Set.of(),
        reading.terms());
  }

  /** Whether a record is but an empty line; in a table of one column that is an empty text. */
  boolean isBlank(Cells cells) {
    return order.size() > 1 && cells.values().size() == 1 && cells.values().get(0).isEmpty();
  }
}
