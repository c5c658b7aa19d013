// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

/**
 * Where each Unicode character (code point) of a text begins in the Java string: the native
 * tokenizer counts characters, Java's strings count UTF-16 units.
 */
final class CharacterIndex {

  /** Empty where both counts are the same. */
  private final int[] starts;

  private final String wellFormed;

  CharacterIndex(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      starts = new int[0];
      wellFormed = text;
      return;
    }
    starts = new int[text.codePointCount(0, text.length()) + 1];
    StringBuilder replaced = new StringBuilder(text.length());
    int at = 0;
    for (int character = 0; character < starts.length - 1; character++) {
      starts[character] = at;
      int codePoint = text.codePointAt(at);
      boolean alone =
          Character.charCount(codePoint) == 1 && Character.isSurrogate((char) codePoint);
      replaced.appendCodePoint(alone ? '\uFFFD' : codePoint);
      at += Character.charCount(codePoint);
    }
    starts[starts.length - 1] = at;
    wellFormed = replaced.toString();
  }

  /**
   * The text with halves of surrogate pairs, which UTF-8 cannot express, replaced by U+FFFD; as
   * long as the text.
   */
  String wellFormed() {
    return wellFormed;
  }

  /** Index into the Java string of the given character. */
  int index(int character) {
    return starts.length == 0 ? character : starts[character];
  }
}
