// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.stream.Stream;

/** A file of which only the rows of one part are seen, and which counts the others. */
final class PartOfFile implements DataFile {

  private final DataFile file;
  private final SplitPart part;
  private long others;

  PartOfFile(DataFile file, SplitPart part) {
    this.file = file;
    this.part = part;
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
    StratifiedDraw draw = part.draw();
    return file.rows()
        .filter(
            row -> {
              // Rows of files are of no other kind.
              boolean ours = draw.next(((DataRow) row).label()) == part.validation();
              others += ours ? 0 : 1;
              return ours;
            });
  }

  /** All lines: what they make examples of is divided when they are made. */
  @Override
  public Stream<Line> lines() {
    return file.lines();
  }

  @Override
  public Object json() {
    throw new DataException(
        file.location(),
        "is one JSON document, which data.split does not divide; name validation data as data.validation, or give rows (csv, tsv, jsonl)");
  }

  /** Rows of the other part that were passed over so far. */
  long others() {
    return others;
  }
}
