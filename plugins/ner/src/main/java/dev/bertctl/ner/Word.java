// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a word stands in its sentence's text.
 *
 * @param start its first character, as an index into the Java string
 * @param end one past its last character
 */
record Word(int start, int end) {

  /** The words of a text that is these words with single spaces between. */
  static List<Word> joined(List<String> words) {
    List<Word> places = new ArrayList<>(words.size());
    int start = 0;
    for (String word : words) {
      places.add(new Word(start, start + word.length()));
      start += word.length() + 1;
    }
    return places;
  }

  /**
   * The words of a running text, split as BERT's basic tokenizer does: at white space, and around
   * each punctuation mark and each Chinese character. {@code "Ann's 東京"} has the words Ann, ', s, 東
   * and 京.
   */
  static List<Word> in(String text) {
    List<Word> words = new ArrayList<>();
    int start = 0;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int character = text.codePointAt(at);
      next = at + Character.charCount(character);
      boolean space = isSpace(character);
      if (space || isPunctuation(character) || isChinese(character)) {
        add(words, start, at);
        add(words, space ? next : at, next);
        start = next;
      }
    }
    add(words, start, text.length());
    return words;
  }

  private static void add(List<Word> words, int start, int end) {
    if (start < end) {
      words.add(new Word(start, end));
    }
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /**
   * All of ASCII that is no letter, digit, space or control character, and Unicode's categories P.
   */
  private static boolean isPunctuation(int character) {
    if (character < 128) {
      return character > ' ' && character < 127 && !Character.isLetterOrDigit(character);
    }
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of CJK unified and compatibility ideographs that BERT's tokenizer lists. */
  private static boolean isChinese(int character) {
    return character >= 0x4E00 && character <= 0x9FFF
        || character >= 0x3400 && character <= 0x4DBF
        || character >= 0xF900 && character <= 0xFAFF
        || character >= 0x20000 && character <= 0x2A6DF
        || character >= 0x2A700 && character <= 0x2CEAF
        || character >= 0x2F800 && character <= 0x2FA1F;
  }
}
