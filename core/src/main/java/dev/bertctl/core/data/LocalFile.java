// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One file, or standard input. Each method that reads opens it anew. */
interface LocalFile {

  /** The file as the user named it. */
  Location location();

  /** How its content is read. */
  Format format();

  /** Whether it can be opened more than once. */
  boolean canBeReread();

  /**
   * Opens the file as rows; close it.
   *
   * @throws DataException if it has none
   */
  OpenRows openRows();

  /**
   * Opens the file as lines; close it.
   *
   * @throws DataException if it has none
   */
  OpenLines openLines();

  /** A whole JSON document as plain Java values. */
  Object json();

  /** The rows of a file that is open. */
  record OpenRows(RowSource rows, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }

  /** The lines of a file that is open. */
  record OpenLines(Iterator<Line> lines, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }

  /** A stream of what an iterator gives. */
  static <T> Stream<T> stream(Iterator<? extends T> items) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
