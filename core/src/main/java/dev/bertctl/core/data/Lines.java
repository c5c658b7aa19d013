// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.TextReader;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a text: LF and CRLF end them. Byte-order marks at a line's beginning, where files
 * were joined, and marks without width at its end mean nothing and are dropped.
 */
final class Lines implements Iterator<Line> {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final TextReader reader;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int limit;
  private long number;

  Lines(String file, TextReader reader) {
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
    return new Line(new Location(file, number), withoutMarks(text));
  }

  private static String withoutMarks(StringBuilder text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == BYTE_ORDER_MARK) {
      start++;
    }
    int end = text.length();
    while (end > start && isMark(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** A carriage return is one, a tab ends an empty cell. */
  private static boolean isMark(int c) {
    return c != '\t' && Invisible.hasNoWidth(c);
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
