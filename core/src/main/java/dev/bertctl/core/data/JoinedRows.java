// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of several files, of which one is open at a time. */
final class JoinedRows implements RowSource, AutoCloseable {

  private final Iterator<LocalFile> rest;
  private LocalFile.OpenRows current;
  private Object raw = "";

  /**
   * Opens the first.
   *
   * @param files one at the least
   */
  JoinedRows(List<LocalFile> files) {
    this.rest = files.iterator();
    this.current = rest.next().openRows();
  }

  @Override
  public boolean hasNext() {
    while (!current.rows().hasNext() && rest.hasNext()) {
      current.close();
      current = rest.next().openRows();
    }
    return current.rows().hasNext();
  }

  @Override
  public DataRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return current.rows().next();
    } finally {
      raw = current.rows().raw();
    }
  }

  @Override
  public Object raw() {
    return raw;
  }

  @Override
  public void close() {
    current.close();
  }
}
