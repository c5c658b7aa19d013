// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row that cannot be used.
 *
 * @param location file and line
 * @param reason what is wrong
 * @param row the row: a line's text or a table's cells as they are, or its columns by their names
 */
public record BadRow(Location location, String reason, Object row) {

  static BadRow of(DataException failure, Object row) {
    return new BadRow(failure.location(), failure.problem(), row);
  }

  /** As plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", location.file());
    fields.put("line", location.line());
    fields.put("reason", reason);
    fields.put("row", row);
    return fields;
  }
}
