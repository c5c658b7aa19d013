// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How a file's characters are written as bytes.
 *
 * @param charset the encoding
 */
public record Encoding(Charset charset) {

  /** What files are in unless a setting or a byte-order mark says otherwise. */
  public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8);

  /** Of others Java does not say whether it knows them. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:_+-]*");

  /**
   * The encoding of a name, as a configuration has it.
   *
   * @throws IllegalArgumentException if Java knows none of that name
   */
  public static Encoding of(String name) {
    if (!NAME.matcher(name).matches() || !Charset.isSupported(name)) {
      throw new IllegalArgumentException(
          "is no known encoding: '%s'; such as UTF-8, UTF-16LE, windows-1252, GB18030, Big5, Shift_JIS, EUC-KR, windows-1251"
              .formatted(name));
    }
    return new Encoding(Charset.forName(name));
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return charset.name();
  }
}
