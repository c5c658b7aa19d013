// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a file.
 *
 * @param location file and line
 * @param columns its values by the file's names
 * @param header where the columns are named: the header's line, or the row itself for JSON lines
 * @param present names of the columns there are; a row of a table may lack values for some
 * @param nulls names of further columns, which have a JSON null
 * @param names finds columns
 */
record FileRow(
    Location location,
    Map<String, Object> columns,
    Location header,
    Set<String> present,
    Set<String> nulls,
    ColumnNames names)
    implements Row {

  @Override
  public boolean has(Column column) {
    return names.find(column, present).isPresent();
  }

  @Override
  public Optional<String> find(Column column) {
    return names
        .find(column, present)
        .filter(columns::containsKey)
        .map(name -> Row.text(location, name, columns.get(name)))
        // An empty cell is how a table says that there is no value.
        .filter(text -> isJson() || !text.isEmpty());
  }

  @Override
  public String get(Column column) {
    String name = name(column);
    return Row.text(location, name, columns.get(name));
  }

  @Override
  public Object value(Column column) {
    return columns.get(name(column));
  }

  @Override
  public boolean endsBefore(Column column) {
    return names.find(column, present).filter(name -> !columns.containsKey(name)).isPresent();
  }

  @Override
  public boolean isNull(Column column) {
    return !has(column) && names.find(column, nulls).isPresent();
  }

  private String name(Column column) {
    String name =
        names
            .find(column, present)
            .orElseThrow(
                () ->
                    new DataException(
                        header, names.missing(column, present, isJson() ? "row" : "file")));
    if (!columns.containsKey(name)) {
      throw new DataException(
          location,
          "the row ends before column '%s': %d of %d cells; a tab or a line break within a text must be replaced by a space"
              .formatted(name, columns.size(), present.size()));
    }
    return name;
  }

  private boolean isJson() {
    return header.equals(location);
  }
}
