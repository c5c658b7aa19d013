// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Predicate;

/**
 * The characters of a content: unpacked, strictly decoded, without byte-order mark, lines ending in
 * LF or CRLF. Keeps a record from growing without end, such as one whose closing quote is missing.
 */
public final class TextReader extends Reader {

  private static final int MOST_AHEAD = 1 << 16;

  private final String file;
  private final Reader reader;
  private final int maxRecord;
  private String ahead = "";
  private long recordLine = 1;
  private long recordLength;

  /**
   * @param file the file as the user named it
   * @param content its content
   * @param encoding what it is in, unless a byte-order mark says otherwise
   * @param maxRecord longest record allowed, in characters
   * @throws DataException if the content cannot be opened or is no text
   */
  public TextReader(String file, Content content, Encoding encoding, int maxRecord) {
    this.file = file;
    this.reader = new LineEnds(new StrictDecoder(file, Unpacked.open(file, content), encoding));
    this.maxRecord = maxRecord;
  }

  /** Says that a new record begins at a line: its length is counted from here. */
  public void beginRecord(long atLine) {
    recordLine = atLine;
    recordLength = 0;
  }

  /**
   * The characters that come next, which stay to be read. Only before the first are read.
   *
   * @param enough whether these are enough; else there are more of them, up to {@value #MOST_AHEAD}
   *     or the file's end
   */
  public String peek(Predicate<String> enough) throws IOException {
    char[] chunk = new char[1 << 12];
    int count = 0;
    while (count >= 0 && ahead.length() < MOST_AHEAD && !enough.test(ahead)) {
      count = reader.read(chunk, 0, chunk.length);
      ahead += new String(chunk, 0, Math.max(0, count));
    }
    return ahead;
  }

  @Override
  public int read(char[] target, int start, int length) throws IOException {
    int count = ahead.isEmpty() ? reader.read(target, start, length) : take(target, start, length);
    recordLength += Math.max(0, count);
    if (recordLength > maxRecord) {
      throw new DataException(
          new Location(file, recordLine),
          "more than %,d characters in one record from here; is a closing quote or a line end missing, or is the file of another format?"
              .formatted(maxRecord));
    }
    return count;
  }

  private int take(char[] target, int start, int length) {
    int count = Math.min(length, ahead.length());
    ahead.getChars(0, count, target, start);
    ahead = ahead.substring(count);
    return count;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
