// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.List;

/**
 * How a vocabulary of words is made.
 *
 * @param minFrequency rarer words are left out; they are then the unknown token
 * @param reservedTokens the tokens of the first ids, from 0
 */
public record WordSettings(int minFrequency, List<String> reservedTokens) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the minimum frequency is less than 1
   */
  public WordSettings {
    if (minFrequency < 1) {
      throw new IllegalArgumentException(
          "the minimum frequency is %d; it must be at least 1".formatted(minFrequency));
    }
    reservedTokens = List.copyOf(reservedTokens);
  }

  /** With BERT's special tokens. */
  public static WordSettings of(int minFrequency) {
    return new WordSettings(minFrequency, VocabularyLearner.SPECIAL_TOKENS);
  }
}
