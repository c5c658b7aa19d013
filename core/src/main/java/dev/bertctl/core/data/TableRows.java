// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a table: its first record is the header unless settings name its columns, empty lines
 * are none. Behind one that has too many cells or too few it can be gone on.
 */
final class TableRows implements RowSource {

  private final Records records;
  private final boolean mayEndEarly;
  private final Table table;
  private Optional<Cells> next;
  private List<String> raw = List.of();

  /**
   * @param file the file as the user named it
   * @param records its records, the header first if it has one
   * @param mayEndEarly whether cells may be missing at the end of a row
   * @param reading how the file is read
   * @throws DataException if there is no header or nothing but a header
   */
  TableRows(Location file, Records records, boolean mayEndEarly, FileReading reading) {
    this.records = records;
    this.mayEndEarly = mayEndEarly;
    Cells header =
        reading.header().isEmpty()
            ? records.next().orElseThrow(() -> new DataException(file, "the file is empty"))
            : new Cells(file, reading.header());
    this.table = new Table(header, reading);
    this.next = advance();
    if (next.isEmpty()) {
      throw new DataException(
          header.location(),
          reading.header().isEmpty() ? "the file has a header, but no rows" : "the file is empty");
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
    Cells cells = next.orElseThrow();
    next = Optional.empty();
    raw = cells.values();
    return table.row(cells, mayEndEarly);
  }

  @Override
  public Object raw() {
    return raw;
  }

  private Optional<Cells> advance() {
    Optional<Cells> cells = records.next();
    while (cells.isPresent() && table.isBlank(cells.get())) {
      cells = records.next();
    }
    return cells;
  }
}
