// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The first lines of an input that can be read once: they are looked at, and stay to be read. No
 * more is waited for than is needed, since a person or a program may be writing.
 */
final class FirstLines implements Iterator<String> {

  private static final int MOST_BYTES = 1 << 16;

  private static final int JSON_BEGINNING = 64;

  private final InputStream input;
  private int bytes;
  private boolean ended;

  private FirstLines(InputStream input) {
    this.input = input;
  }

  /**
   * The format of an input: rows of JSON if it begins so, which a line of text does less often
   * ({@code [MASK]} is text), else the usual one.
   *
   * @param input must support marks
   * @param usual the task's usual format
   * @param location the input's name
   */
  static Format format(InputStream input, Optional<Format> usual, Location location) {
    input.mark(MOST_BYTES);
    try {
      byte[] bytes = new byte[JSON_BEGINNING];
      int count = Math.max(0, input.read(bytes, 0, bytes.length));
      input.reset();
      String beginning = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      if (beginning.matches("(?s)\\s*(\\[\\s*)?\\{.*")) {
        return Format.JSONL;
      }
      if (!usual.equals(Optional.of(Format.CONLL))) {
        return usual.orElse(Format.JSONL);
      }
      if (!beginning.chars().allMatch(FirstLines::ofText)) {
        throw new DataException(
            location,
            "is packed or in UTF-16, so its format is not told from it; name it: --format");
      }
      try {
        return ColumnsOrText.tell(location, new FirstLines(input));
      } finally {
        input.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ofText(int octet) {
    return octet >= ' ' || octet >= '\t' && octet <= '\r';
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public String next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = -1;
      while (bytes < MOST_BYTES && (next = input.read()) >= 0 && next != '\n') {
        bytes++;
        line.write(next);
      }
      bytes++;
      ended = next != '\n';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
