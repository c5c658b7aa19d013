// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a JSON-lines file: one object a line, empty lines are none. Behind one that is
 * malformed it can be gone on.
 */
final class JsonRows implements RowSource {

  static final String NO_OBJECT = "each row must be a JSON object, such as {\"text\": \"...\"}";

  private final Lines lines;
  private final FileReading reading;
  private Optional<Line> next;
  private String raw = "";

  /**
   * @param file the file as the user named it
   * @param lines its lines
   * @param reading how the file is read
   * @throws DataException if there is no row
   */
  JsonRows(Location file, Lines lines, FileReading reading) {
    this.lines = lines;
    this.reading = reading;
    this.next = advance();
    if (next.isEmpty()) {
      throw new DataException(file, "the file is empty");
    }
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      next = advance();
    }
    return next.isPresent();
  }

  @Override
  public DataRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Line line = next.orElseThrow();
    next = Optional.empty();
    raw = line.text();
    Map<String, Object> object =
        Json.object(line.text(), line.location())
            .orElseThrow(() -> new DataException(line.location(), NO_OBJECT));
    return DataRow.json(line.location(), object, reading.terms());
  }

  @Override
  public Object raw() {
    return raw;
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
