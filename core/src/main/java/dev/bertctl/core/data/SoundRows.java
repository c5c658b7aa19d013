// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A file of which bad rows are passed over: those that are malformed, and those that the task's
 * reader refuses. The reader then begins anew with the row behind, which is the same as going on
 * where it makes an example of each row by itself; where it does not, the first bad row ends the
 * reading.
 */
final class SoundRows implements DataFile, AutoCloseable {

  private final JoinedFiles file;
  private final Consumer<BadRow> bad;
  private Optional<JoinedRows> open = Optional.empty();
  private Optional<Row> next = Optional.empty();
  private Optional<Row> last = Optional.empty();
  private long given;

  /**
   * @param bad takes bad rows, and throws where there are too many
   */
  SoundRows(JoinedFiles file, Consumer<BadRow> bad) {
    this.file = file;
    this.bad = bad;
  }

  @Override
  public Location location() {
    return file.location();
  }

  @Override
  public Format format() {
    return file.format();
  }

  /** The rows that are left. */
  @Override
  public boolean canBeReread() {
    return false;
  }

  @Override
  public Stream<Row> rows() {
    if (open.isEmpty()) {
      open = Optional.of(file.openRows());
    }
    Iterator<Row> rest =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return advance();
          }

          @Override
          public Row next() {
            return take();
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(rest, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private boolean advance() {
    JoinedRows rows = open.orElseThrow();
    while (next.isEmpty() && rows.hasNext()) {
      try {
        next = Optional.of(rows.next());
      } catch (DataException e) {
        bad.accept(BadRow.of(e, rows.raw()));
      }
    }
    return next.isPresent();
  }

  private Row take() {
    if (!advance()) {
      throw new NoSuchElementException();
    }
    Row row = next.orElseThrow();
    next = Optional.empty();
    last = Optional.of(row);
    given++;
    return row;
  }

  /**
   * Passes over the row that was given last.
   *
   * @param failure why it is bad
   * @param used rows of which there is an example, or that were passed over before
   * @throws DataException if the failure is none of this one row
   */
  void passOver(DataException failure, long used) {
    if (last.isEmpty() || given != used + 1 || !last.get().location().equals(failure.location())) {
      throw failure;
    }
    bad.accept(BadRow.of(failure, open.orElseThrow().raw()));
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
        "bad rows are passed over where each row stands for itself, in csv, tsv and JSON lines; this file is read as a whole. Correct it, or give it as rows");
  }

  @Override
  public void close() {
    open.ifPresent(JoinedRows::close);
  }
}
