// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The lines of several files, of which one is open at a time. */
final class JoinedLines implements Iterator<Line>, AutoCloseable {

  private final Iterator<LocalFile> rest;
  private final boolean apart;
  private LocalFile.OpenLines current;
  private Location last;
  private boolean between;

  /**
   * Opens the first.
   *
   * @param files one at the least
   * @param apart whether an empty line stands between two
   */
  JoinedLines(List<LocalFile> files, boolean apart) {
    this.rest = files.iterator();
    this.apart = apart;
    this.current = rest.next().openLines();
  }

  @Override
  public boolean hasNext() {
    while (!between && !current.lines().hasNext() && rest.hasNext()) {
      current.close();
      current = rest.next().openLines();
      between = apart;
    }
    return between || current.lines().hasNext();
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (between) {
      between = false;
      return new Line(new Location(last.file(), last.line() + 1), "");
    }
    Line line = current.lines().next();
    last = line.location();
    return line;
  }

  @Override
  public void close() {
    current.close();
  }
}
