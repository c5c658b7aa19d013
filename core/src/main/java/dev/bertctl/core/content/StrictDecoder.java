// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes strictly: bytes that are no character are an error with their line, which names the
 * encoding that they are likely in. Byte-order marks tell the encoding and are dropped, also where
 * programs have put several of them.
 */
final class StrictDecoder extends Reader {

  private static final char MARK = '\uFEFF';
  private static final char MAX_ASCII = 0x7F;

  private final String file;
  private final InputStream bytes;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).limit(0);
  private final CharBuffer out = CharBuffer.allocate(1 << 16).limit(0);
  private Charset charset;
  private Optional<CharsetDecoder> decoder = Optional.empty();
  private boolean begins = true;
  private boolean ended;
  private boolean pending;
  private long offset;
  private long lineFeeds;
  private long otherEnds;
  private long beyondAscii;
  private Optional<DataException> failure = Optional.empty();

  /**
   * @param file the file as the user named it
   * @param bytes its content; closed with this reader
   * @param encoding what it is in, unless a byte-order mark says otherwise
   */
  StrictDecoder(String file, InputStream bytes, Encoding encoding) {
    this.file = file;
    this.bytes = bytes;
    this.charset = encoding.charset();
  }

  @Override
  public int read(char[] target, int start, int length) throws IOException {
    while (!out.hasRemaining()) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (ended && !pending) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, out.remaining());
    out.get(target, start, count);
    return count;
  }

  private void decode() throws IOException {
    fill();
    CharsetDecoder strict = decoder.isPresent() ? decoder.get() : begin();
    out.clear();
    int before = in.position();
    CoderResult result = strict.decode(in, out, ended);
    pending = result.isOverflow();
    offset += in.position() - before;
    out.flip();
    while (begins && out.hasRemaining()) {
      begins = out.get(out.position()) == MARK;
      if (begins) {
        out.get();
      }
    }
    count();
    if (result.isError()) {
      failure = Optional.of(malformed(result));
    }
  }

  private CharsetDecoder begin() throws IOException {
    while (in.remaining() < ByteOrderMark.LENGTH && !ended) {
      fill();
    }
    Optional<ByteOrderMark> mark = ByteOrderMark.at(in);
    if (mark.isPresent()) {
      charset = mark.get().charset();
      in.position(in.position() + mark.get().length());
      offset = mark.get().length();
    } else if (charset.equals(StandardCharsets.UTF_8)) {
      requireNoOther();
    }
    decoder =
        Optional.of(
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return decoder.get();
  }

  private void requireNoOther() {
    ByteOrderMark.missing(in)
        .ifPresent(
            likely -> {
              throw new DataException(
                  new Location(file, 0),
                  "is most likely in %s, without its byte-order mark: set data.encoding=%s"
                      .formatted(likely, likely));
            });
  }

  private void count() {
    for (int i = out.position(); i < out.limit(); i++) {
      char c = out.get(i);
      if (c == '\n') {
        lineFeeds++;
      } else if (c == '\r') {
        otherEnds++;
      } else if (c > MAX_ASCII) {
        beyondAscii++;
      }
    }
  }

  private void fill() throws IOException {
    in.compact();
    try {
      int count = in.hasRemaining() ? bytes.read(in.array(), in.position(), in.remaining()) : 0;
      ended |= count < 0;
      in.position(in.position() + Math.max(0, count));
    } finally {
      in.flip();
    }
  }

  private DataException malformed(CoderResult result) {
    String bad = "byte 0x%02X at offset %d".formatted(in.get(in.position()), offset);
    return new DataException(
        new Location(file, 1 + (lineFeeds > 0 ? lineFeeds : otherEnds)),
        charset.equals(StandardCharsets.UTF_8)
            ? "%s is not UTF-8; %s".formatted(bad, badBytes().advice())
            : "%s is not %s (%s bytes); correct data.encoding"
                .formatted(bad, charset, result.isMalformed() ? "malformed" : "unmappable"));
  }

  private BadBytes badBytes() {
    return new BadBytes(Arrays.copyOf(in.array(), in.limit()), in.position(), beyondAscii);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
