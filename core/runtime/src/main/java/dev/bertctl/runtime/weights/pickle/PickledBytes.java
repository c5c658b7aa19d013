// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.StoredFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Bytes in a pickle; they stay in the file until they are read.
 *
 * @param length how many they are
 * @param reader reads them, little-endian; its argument says what they are, for errors
 */
public record PickledBytes(long length, Function<String, ByteBuffer> reader) {

  static final PickledBytes EMPTY = new PickledBytes(0, what -> ByteBuffer.allocate(0));

  /** The bytes that come next; the cursor skips them. */
  static PickledBytes next(FileCursor cursor, long length) {
    StoredFile stored = cursor.stored();
    long begin = cursor.position();
    cursor.skip(length);
    return new PickledBytes(length, what -> stored.read(begin, length, what));
  }

  /**
   * The characters of a text as bytes: what Python 3 makes of bytes up to protocol 2.
   *
   * @param utf8 the text
   * @return empty if it holds a character above 255, or is no UTF-8
   */
  static Optional<PickledBytes> latin1(PickledBytes utf8) {
    long length = Latin1.length(utf8.reader.apply("text"));
    return length < 0
        ? Optional.empty()
        : Optional.of(
            new PickledBytes(length, what -> Latin1.decode(utf8.reader.apply(what), (int) length)));
  }

  /** The same of a text in memory, which is not copied before it is read. */
  static Optional<PickledBytes> latin1(String text) {
    return text.chars().allMatch(character -> character < 0x100)
        ? Optional.of(
            new PickledBytes(
                text.length(),
                what ->
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))
                        .order(ByteOrder.LITTLE_ENDIAN)))
        : Optional.empty();
  }

  /** UTF-8 whose characters are below 256: one or two bytes each. */
  private static final class Latin1 {

    /** Number of characters, or -1. */
    static long length(ByteBuffer utf8) {
      long length = 0;
      while (utf8.hasRemaining()) {
        int first = utf8.get() & 0xff;
        if (first >= 0x80
            && (first >> 1 != 0xc2 >> 1 || !utf8.hasRemaining() || (utf8.get() & 0xc0) != 0x80)) {
          return -1;
        }
        length++;
      }
      return length;
    }

    static ByteBuffer decode(ByteBuffer utf8, int length) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        byte first = utf8.get();
        bytes[i] = first >= 0 ? first : (byte) ((first & 3) << 6 | utf8.get() & 0x3f);
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
