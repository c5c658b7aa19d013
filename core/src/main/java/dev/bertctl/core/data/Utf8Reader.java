// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes UTF-8 strictly: a byte that is none is an error with its line. Drops a byte-order mark.
 * Keeps a record from growing without end, such as one whose closing quote is missing.
 */
final class Utf8Reader extends Reader {

  private final String file;
  private final InputStream bytes;
  private final int maxRecord;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).limit(0);
  private final CharBuffer out = CharBuffer.allocate(1 << 16).limit(0);
  private long offset;
  private long line = 1;
  private boolean started;
  private boolean ended;
  private Optional<DataException> failure = Optional.empty();
  private long recordLine = 1;
  private long recordLength;

  /**
   * @param file the file as the user named it
   * @param bytes its content; closed with this reader
   * @param maxRecord longest record allowed, in characters
   */
  Utf8Reader(String file, InputStream bytes, int maxRecord) {
    this.maxRecord = maxRecord;
    this.file = file;
    this.bytes = bytes;
  }

  /** Says that a new record begins at a line: its length is counted from here. */
  void beginRecord(long atLine) {
    recordLine = atLine;
    recordLength = 0;
  }

  @Override
  public int read(char[] target, int start, int length) throws IOException {
    while (!out.hasRemaining()) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, out.remaining());
    out.get(target, start, count);
    recordLength += count;
    if (recordLength > maxRecord) {
      throw new DataException(
          new Location(file, recordLine),
          "more than %,d characters in one record from here; is a closing quote or a line end missing, or is the file of another format?"
              .formatted(maxRecord));
    }
    return count;
  }

  private void decode() throws IOException {
    fill();
    out.clear();
    int before = in.position();
    CoderResult result = decoder.decode(in, out, ended);
    offset += in.position() - before;
    out.flip();
    if (!started && out.hasRemaining()) {
      started = true;
      if (out.get(0) == '\uFEFF') {
        out.get();
      }
    }
    for (int i = out.position(); i < out.limit(); i++) {
      if (out.get(i) == '\n') {
        line++;
      }
    }
    if (result.isError()) {
      failure = Optional.of(malformed());
    }
  }

  private void fill() throws IOException {
    in.compact();
    int count = bytes.read(in.array(), in.position(), in.remaining());
    ended = count < 0;
    in.position(in.position() + Math.max(0, count));
    in.flip();
  }

  private DataException malformed() {
    return new DataException(
        new Location(file, line),
        "byte 0x%02X at offset %d is not UTF-8; convert the file, such as with: iconv -f WINDOWS-1252 -t UTF-8"
            .formatted(in.get(in.position()), offset));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
