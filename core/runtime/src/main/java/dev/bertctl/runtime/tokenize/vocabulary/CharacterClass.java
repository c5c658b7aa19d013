// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

/**
 * The classes of Unicode characters (code points) that BERT's tokenizer tells apart, as in Hugging
 * Face's {@code BertNormalizer} and {@code BertPreTokenizer}.
 */
final class CharacterClass {

  private CharacterClass() {}

  /** Unicode's White_Space, which Java's {@code isWhitespace} and {@code isSpaceChar} are not. */
  static boolean isSpace(int character) {
    return (character >= '\t' && character <= '\r')
        || character == 0x85 // next line
        || Character.isSpaceChar(character);
  }

  /**
   * Characters that {@code clean_text} removes: control, format and private-use characters, U+FFFD
   * and halves of surrogate pairs. The spaces among the control characters go as well, except tab,
   * line feed and carriage return: a form feed joins the words around it.
   */
  static boolean isRemoved(int character) {
    if (character == '\t' || character == '\n' || character == '\r') {
      return false;
    }
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE
        || character == 0xFFFD;
  }

  /**
   * Unicode's punctuation, and those ASCII characters that Unicode calls symbols, such as $ and +.
   */
  static boolean isPunctuation(int character) {
    if (character < 0x80) {
      return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
    }
    int type = Character.getType(character);
    return type == Character.CONNECTOR_PUNCTUATION
        || type == Character.DASH_PUNCTUATION
        || type == Character.START_PUNCTUATION
        || type == Character.END_PUNCTUATION
        || type == Character.INITIAL_QUOTE_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.OTHER_PUNCTUATION;
  }

  /** Chinese characters; neither kana nor Hangul. */
  static boolean isChinese(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2B73F)
        || (character >= 0x2B740 && character <= 0x2B81F)
        || (character >= 0x2B920 && character <= 0x2CEAF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }
}
