// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.text.Normalizer;
import java.util.function.Consumer;

/**
 * The words that BERT splits into word pieces: the text is cleaned and normalised, then split at
 * white space and around each punctuation mark and Chinese character. Uncased, "Crème-brûlée!"
 * gives {@code creme}, {@code -}, {@code brulee} and {@code !}.
 *
 * <p>Equals Hugging Face's {@code BertNormalizer} and {@code BertPreTokenizer}, except for some
 * characters that came into Unicode after version 8 or changed their category: the tables of
 * Hugging Face's library are of several versions, those here are the running JDK's. With tokenizers
 * 0.23 and JDK 17, 463 of the 1,112,064 characters differ if lower-cased, 96 if not, none of them
 * in everyday use.
 */
public final class BertWords implements WordSplitter {

  private final Normalization normalization;

  public BertWords(Normalization normalization) {
    this.normalization = normalization;
  }

  @Override
  public void split(String text, Consumer<String> words) {
    String normalized = clean(text);
    if (normalization.stripAccents()) {
      normalized = stripAccents(normalized);
    }
    if (normalization.lowerCase()) {
      normalized = lowerCase(normalized);
    }
    splitNormalized(normalized, words);
  }

  private String clean(String text) {
    StringBuilder cleaned = new StringBuilder(text.length());
    text.codePoints()
        .filter(character -> !CharacterClass.isRemoved(character))
        .forEach(
            character -> {
              if (normalization.splitChinese() && CharacterClass.isChinese(character)) {
                cleaned.append(' ').appendCodePoint(character).append(' ');
              } else {
                cleaned.appendCodePoint(character);
              }
            });
    return cleaned.toString();
  }

  private static String stripAccents(String text) {
    if (text.chars().allMatch(unit -> unit < 0x80)) {
      return text;
    }
    StringBuilder stripped = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
        .forEach(stripped::appendCodePoint);
    return stripped.toString();
  }

  /** Lower-cases each character by itself: Java's strings know a final sigma, BERT does not. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              lower.appendCodePoint(Character.toLowerCase(character));
              if (character == 'İ') { // the only one that becomes two characters
                lower.append('\u0307');
              }
            });
    return lower.toString();
  }

  private static void splitNormalized(String text, Consumer<String> words) {
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      int next = at + Character.charCount(character);
      boolean punctuation = CharacterClass.isPunctuation(character);
      if (punctuation || CharacterClass.isSpace(character)) {
        if (start < at) {
          words.accept(text.substring(start, at));
        }
        if (punctuation) {
          words.accept(text.substring(at, next));
        }
        start = next;
      }
      at = next;
    }
    if (start < text.length()) {
      words.accept(text.substring(start));
    }
  }
}
