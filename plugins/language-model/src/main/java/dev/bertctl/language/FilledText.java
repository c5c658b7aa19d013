// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/**
 * A text in which tokens take the places of masks, from left to right. {@code Paris is [MASK].}
 * with {@code nice} from 9 to 15 is {@code Paris is nice.}; a token that continues a word joins it:
 * {@code Play [MASK].} with {@code ##ing} is {@code Playing.}
 */
final class FilledText {

  private static final String CONTINUATION = "##";

  private final String source;
  private final StringBuilder filled = new StringBuilder();

  /** How much of the source has been taken over. */
  private int done;

  FilledText(String source) {
    this.source = source;
  }

  /** Puts a token in the place of some characters, which come after those of earlier tokens. */
  void fill(int start, int end, String token) {
    filled.append(source, done, start);
    if (token.startsWith(CONTINUATION) && token.length() > CONTINUATION.length()) {
      stripTrailing();
      filled.append(token, CONTINUATION.length(), token.length());
    } else {
      filled.append(token);
    }
    done = end;
  }

  private void stripTrailing() {
    int length = filled.length();
    while (length > 0 && Character.isWhitespace(filled.charAt(length - 1))) {
      length--;
    }
    filled.setLength(length);
  }

  @Override
  public String toString() {
    return filled + source.substring(done);
  }
}
