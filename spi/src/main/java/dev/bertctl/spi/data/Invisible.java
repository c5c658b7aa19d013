// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

/**
 * Characters that nobody sees: white space of any kind, a no-break space included, control
 * characters, and marks without width such as U+200B, a byte-order mark or a soft hyphen. At the
 * edges of a name or label they mean nothing, and within a message they are shown by their number.
 *
 * <p>The label {@code PER} with U+200B behind it is {@code PER}.
 */
public final class Invisible {

  /** Between these are Arabic signs of number and verse, which are called formats but are seen. */
  private static final int FIRST_SIGN = 0x600;

  private static final int LAST_SIGN = 0x8E2;

  private Invisible() {}

  /**
   * {@return a name or label without invisible characters at its edges}
   *
   * @param text the text as it stands in data
   */
  public static String strip(String text) {
    int start = 0;
    while (start < text.length() && isInvisible(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    int end = text.length();
    while (end > start && isInvisible(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /**
   * {@return a text as a message can show it: spaces and line feeds as they are, what else is
   * invisible as in {@code \}{@code u200b}}
   *
   * @param text any text
   */
  public static String shown(String text) {
    if (text.codePoints().noneMatch(Invisible::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isHidden(c)) {
                shown.append(c == '\t' ? "\\t" : c == '\r' ? "\\r" : "\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    return c != ' ' && c != '\n' && isInvisible(c);
  }

  private static boolean isInvisible(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || hasNoWidth(c);
  }

  /**
   * {@return whether a character has no width: a control character, or a mark such as U+200B}
   *
   * @param c a code point
   */
  public static boolean hasNoWidth(int c) {
    return Character.getType(c) == Character.CONTROL
        || Character.getType(c) == Character.FORMAT && (c < FIRST_SIGN || c > LAST_SIGN);
  }
}
