// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.List;

/**
 * How a vocabulary of word pieces is learned, with the names and defaults of Hugging Face's
 * trainer.
 *
 * @param vocabSize how many tokens to learn: fewer if no pair is frequent enough, more if the
 *     special tokens and the alphabet alone are more
 * @param minFrequency a pair of pieces that is rarer is not merged
 * @param limitAlphabet how many characters are kept, the most frequent ones; the others are skipped
 *     when words are split
 * @param specialTokens the tokens of the first ids, from 0
 */
public record WordPieceSettings(
    int vocabSize, int minFrequency, int limitAlphabet, List<String> specialTokens) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one of the numbers is less than 1
   */
  public WordPieceSettings {
    check("vocabulary size", vocabSize);
    check("minimum frequency", minFrequency);
    check("limit of the alphabet", limitAlphabet);
    specialTokens = List.copyOf(specialTokens);
  }

  /** With minimum frequency 2, at most 1,000 characters and BERT's special tokens. */
  public static WordPieceSettings of(int vocabSize) {
    return new WordPieceSettings(vocabSize, 2, 1000, VocabularyLearner.SPECIAL_TOKENS);
  }

  /** The same with another minimum frequency. */
  public WordPieceSettings withMinFrequency(int frequency) {
    return new WordPieceSettings(vocabSize, frequency, limitAlphabet, specialTokens);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "the %s is %d; it must be at least 1".formatted(name, value));
    }
  }
}
