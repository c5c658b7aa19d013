// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The lines of a text: LF and CRLF end them, a lone CR is an ordinary character. */
final class Lines implements Iterator<Line> {

  private final String file;
  private final Utf8Reader reader;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int limit;
  private long number;

  Lines(String file, Utf8Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    return position < limit || fill();
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    number++;
    reader.beginRecord(number);
    StringBuilder text = new StringBuilder();
    while (hasNext()) {
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      text.append(buffer, from, position - from);
      if (position < limit) {
        position++;
        break;
      }
    }
    int length = text.length();
    if (length > 0 && text.charAt(length - 1) == '\r') {
      text.setLength(length - 1);
    }
    return new Line(new Location(file, number), text.toString());
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, reader.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
