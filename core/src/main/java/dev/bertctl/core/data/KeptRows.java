// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A file without the rows that do not meet conditions. */
final class KeptRows implements DataFile {

  private final DataFile file;
  private final List<RowCondition> conditions;
  private final Skips dropped;

  /**
   * @param file a file as {@link DataFiles} opens it
   * @param conditions what is asked of its rows
   * @param dropped counts the rows that are left out
   */
  KeptRows(DataFile file, List<RowCondition> conditions, Skips dropped) {
    this.file = file;
    this.conditions = conditions;
    this.dropped = dropped;
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
    Stream<Row> rows = file.rows();
    return LocalFile.<Row>stream(new Kept(rows.iterator())).onClose(rows::close);
  }

  @Override
  public Stream<Line> lines() {
    throw notRows();
  }

  @Override
  public Object json() {
    throw notRows();
  }

  private DataException notRows() {
    return new DataException(
        file.location(),
        "is read as %s, which has no rows with columns, but %s chooses rows; leave it out, or name the splits that it is for with its key splits"
            .formatted(file.format(), conditions.get(0).key()));
  }

  /** The rows that are kept of those that are left. */
  private final class Kept implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Set<String> seen = new LinkedHashSet<>();
    private Optional<Row> next = Optional.empty();

    Kept(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && rows.hasNext()) {
        // Rows of files are of no other kind.
        DataRow row = (DataRow) rows.next();
        seen.addAll(row.present());
        seen.addAll(row.nulls());
        Optional<String> failure =
            conditions.stream()
                .map(condition -> condition.failure(row))
                .flatMap(Optional::stream)
                .findFirst();
        failure.ifPresentOrElse(
            reason -> dropped.count(row.location(), reason), () -> next = Optional.of(row));
      }
      if (next.isEmpty()) {
        requireSeen();
      }
      return next.isPresent();
    }

    /** A row of JSON may lack a column; if all do, its name is most likely mistyped. */
    private void requireSeen() {
      for (RowCondition condition : conditions) {
        if (!seen.contains(condition.column())) {
          throw new DataException(
              file.location(),
              "no row has a column '%s', which %s.column names; the rows have: %s"
                  .formatted(condition.column(), condition.key(), String.join(", ", seen)));
        }
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next.orElseThrow();
      next = Optional.empty();
      return row;
    }
  }
}
