// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** Bytes that are not UTF-8, and what the user may do about them. */
final class BadBytes {

  /** Characters beyond ASCII that prove UTF-8: so many are no chance in any other encoding. */
  private static final int PROOF = 5;

  /** Bytes before the first bad one that an advice is based on, beside all that follow it. */
  private static final int BEFORE = 1 << 12;

  /** Characters before the bad byte that a message shows. */
  private static final int SHOWN = 12;

  private final byte[] bytes;
  private final int bad;
  private final long beyondAscii;

  /**
   * @param bytes a part of the file
   * @param bad the place of the first byte in it that is no character
   * @param beyondAscii characters of more than one byte that were read before it
   */
  BadBytes(byte[] bytes, int bad, long beyondAscii) {
    this.bytes = bytes;
    this.bad = bad;
    this.beyondAscii = beyondAscii;
  }

  /** What to do; never to read the file in an encoding that would make garbage of it. */
  String advice() {
    Optional<Charset> likely =
        LikelyEncoding.of(Arrays.copyOfRange(bytes, Math.max(0, bad - BEFORE), bytes.length));
    boolean isUtf8 =
        beyondAscii >= PROOF
            || beyondAscii > 0 && likely.filter(BadBytes::hasLongCharacters).isEmpty();
    if (isUtf8) {
      return "the text before it is, so the file is damaged there or has pieces in another encoding; correct the line";
    }
    return likely
        .map(
            found ->
                "most likely the file is in %s, in which it reads '%s': set data.encoding=%s"
                    .formatted(found, excerpt(found), found))
        .orElse("say which encoding it is in, as in data.encoding=windows-1252");
  }

  /** Two bytes of one may look like a character of UTF-8; those of Latin letters hardly ever do. */
  private static boolean hasLongCharacters(Charset charset) {
    return charset.newEncoder().maxBytesPerChar() > 1;
  }

  /** What stands around the bad byte in an encoding, within its line, for the user to judge. */
  private String excerpt(Charset charset) {
    int start = bad;
    while (start > Math.max(0, bad - BEFORE) && bytes[start - 1] != '\n') {
      start--;
    }
    int end = Math.min(bytes.length, bad + 2 * SHOWN);
    int before = new String(bytes, start, bad - start, charset).length();
    String line = new String(bytes, start, end - start, charset);
    int from = Math.max(0, before - SHOWN);
    return line.substring(from, Math.min(line.length(), from + 2 * SHOWN))
        .lines()
        .findFirst()
        .orElse("");
  }
}
