// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.io.IOException;
import java.io.Reader;

/**
 * Makes LF of the line ends of a file that has none: the lone CR of old Macs and of Excel for Mac,
 * NEL (U+0085) of mainframes, or U+2028. Where LF or CRLF end the lines all characters stay as they
 * are, a lone CR within a text included.
 */
final class LineEnds extends Reader {

  private static final String OTHERS = "\r\u0085\u2028";

  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private int position;
  private int limit;
  private boolean decided;
  private char end = '\n';
  private boolean afterCarriageReturn;

  /**
   * @param reader the text; closed with this reader
   */
  LineEnds(Reader reader) {
    this.reader = reader;
  }

  @Override
  public int read(char[] target, int start, int length) throws IOException {
    int count = 0;
    while (count == 0) {
      if (position == limit && !fill()) {
        return -1;
      }
      count = end == '\n' ? copy(target, start, length) : translate(target, start, length);
    }
    return count;
  }

  private int copy(char[] target, int start, int length) {
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, start, count);
    position += count;
    return count;
  }

  private int translate(char[] target, int start, int length) {
    int count = 0;
    while (count < length && position < limit) {
      char c = buffer[position++];
      boolean secondHalf = c == '\n' && afterCarriageReturn;
      afterCarriageReturn = c == '\r';
      if (!secondHalf) {
        target[start + count++] = c == end ? '\n' : c;
      }
    }
    return count;
  }

  private boolean fill() throws IOException {
    limit = Math.max(0, reader.read(buffer, 0, buffer.length));
    position = 0;
    if (!decided && limit > 0) {
      decide();
    }
    return limit > 0;
  }

  /** By the first part of the file that has any line end. */
  private void decide() throws IOException {
    if (buffer[limit - 1] == '\r' && limit < buffer.length) {
      // The LF may be the next.
      limit += Math.max(0, reader.read(buffer, limit, 1));
    }
    int other = -1;
    for (int i = 0; i < limit; i++) {
      if (buffer[i] == '\n') {
        decided = true;
        return;
      }
      if (other < 0) {
        other = OTHERS.indexOf(buffer[i]);
      }
    }
    if (other >= 0) {
      decided = true;
      end = OTHERS.charAt(other);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
