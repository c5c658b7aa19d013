// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of a JSON-lines file: one object a line, empty lines are none. */
final class JsonRows implements Iterator<Row> {

  private final Lines lines;
  private final ColumnNames names;
  private Optional<Line> next;

  /**
   * @param file the file as the user named it
   * @param lines its lines
   * @param names finds columns
   * @throws DataException if there is no row
   */
  JsonRows(Location file, Lines lines, ColumnNames names) {
    this.lines = lines;
    this.names = names;
    this.next = advance();
    if (next.isEmpty()) {
      throw new DataException(file, "the file is empty");
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Row next() {
    Line line = next.orElseThrow(NoSuchElementException::new);
    Row row = row(line);
    next = advance();
    return row;
  }

  private Row row(Line line) {
    Json.Fields fields =
        Json.fields(line.text(), line.location())
            .orElseThrow(
                () ->
                    new DataException(
                        line.location(),
                        "each line must be a JSON object, such as {\"text\": \"...\"}; a file that is one JSON document has the format json"));
    Map<String, Object> columns = fields.values();
    return new FileRow(
        line.location(), columns, line.location(), columns.keySet(), fields.nulls(), names);
  }

  private Optional<Line> advance() {
    while (lines.hasNext()) {
      Line line = lines.next();
      if (!line.text().isBlank()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
