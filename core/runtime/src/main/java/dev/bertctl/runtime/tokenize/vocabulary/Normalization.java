// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

/**
 * What BERT does to a text before it is split into words; control characters always go.
 *
 * @param lowerCase whether letters are lower-cased: {@code do_lower_case}
 * @param stripAccents whether é becomes e: {@code strip_accents}
 * @param splitChinese whether each Chinese character is a word: {@code tokenize_chinese_chars}
 */
public record Normalization(boolean lowerCase, boolean stripAccents, boolean splitChinese) {

  /** As for bert-base-uncased: lower-cased and without accents. */
  public static Normalization uncased() {
    return new Normalization(true, true, true);
  }

  /** As for bert-base-cased: upper case and accents are kept. */
  public static Normalization cased() {
    return new Normalization(false, false, true);
  }
}
