// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A file of which only the first rows are seen, and which counts them. Used by one thread. */
final class CountedFile implements DataFile {

  private final DataFile file;
  private final OptionalInt limit;
  private boolean givesRows;
  private long rowsRead;

  CountedFile(DataFile file, OptionalInt limit) {
    this.file = file;
    this.limit = limit;
  }

  @Override
  public Location location() {
    return file.location();
  }

  @Override
  public Format format() {
    return file.format();
  }

  @Override
  public boolean canBeReread() {
    return file.canBeReread();
  }

  @Override
  public Stream<Row> rows() {
    givesRows = true;
    Stream<Row> rows = file.rows();
    return (limit.isPresent() ? rows.limit(limit.getAsInt()) : rows).peek(row -> rowsRead++);
  }

  @Override
  public Stream<Line> lines() {
    return file.lines();
  }

  @Override
  public Object json() {
    return file.json();
  }

  /** Whether it is read as rows; tables may be read as lines too. */
  boolean givesRows() {
    return givesRows;
  }

  /** Rows read so far. */
  long rowsRead() {
    return rowsRead;
  }
}
