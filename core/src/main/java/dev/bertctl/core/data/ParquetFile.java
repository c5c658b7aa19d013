// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import java.nio.file.Path;

/**
 * A Parquet file. Its rows are as those of JSON lines: columns of texts, numbers, lists, objects.
 */
final class ParquetFile implements LocalFile {

  /** The ending that such files have. */
  static final String ENDING = ".parquet";

  private final Location location;
  private final Path path;
  private final FileReading reading;

  /**
   * @param location the file as the user named it
   * @param path where it is
   * @param reading what settings say about columns and labels
   */
  ParquetFile(Location location, Path path, FileReading reading) {
    this.location = location;
    this.path = path;
    this.reading = reading;
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public Format format() {
    return Format.JSONL;
  }

  @Override
  public boolean canBeReread() {
    return true;
  }

  @Override
  public OpenRows openRows() {
    ParquetRows rows = ParquetRows.open(location, path, reading);
    return new OpenRows(rows, rows::close);
  }

  @Override
  public OpenLines openLines() {
    throw onlyRows("lines of text");
  }

  @Override
  public Object json() {
    throw onlyRows("one JSON document");
  }

  private DataException onlyRows(String wanted) {
    return new DataException(
        location, "is a Parquet table, which has rows, where %s is needed".formatted(wanted));
  }
}
