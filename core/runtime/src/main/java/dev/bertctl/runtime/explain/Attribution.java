// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import java.util.List;
import java.util.Optional;

/**
 * What one method says.
 *
 * @param method the method
 * @param words the score of each word: the sum of its pieces' scores, above 0 if it speaks for what
 *     is explained
 * @param tokens the score of each token of the sequence, special tokens included, [T]; empty of a
 *     method that tells it of whole words only
 * @param completeness of integrated gradients
 */
public record Attribution(
    ExplanationMethod method,
    List<Double> words,
    List<Double> tokens,
    Optional<Completeness> completeness) {

  /** Copies the lists. */
  public Attribution {
    words = List.copyOf(words);
    tokens = List.copyOf(tokens);
  }

  /** Of scores of tokens. */
  static Attribution ofTokens(
      ExplanationMethod method,
      List<Word> words,
      List<Double> tokens,
      Optional<Completeness> completeness) {
    return new Attribution(
        method,
        words.stream()
            .map(word -> tokens.subList(word.position(), word.end()))
            .map(pieces -> pieces.stream().mapToDouble(Double::doubleValue).sum())
            .toList(),
        tokens,
        completeness);
  }
}
