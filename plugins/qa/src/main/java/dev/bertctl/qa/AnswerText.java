// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer's text as the official SQuAD scorers compare it: in lower case, without ASCII
 * punctuation, without the words <i>a</i>, <i>an</i> and <i>the</i>, split at white space. {@code
 * "The U.S. dollar"} becomes {@code us}, {@code dollar}.
 *
 * <p>The scorers are Python, so letters, digits and white space are what Python takes for them: a
 * combining accent is no part of a word, and U+001C to U+001F are white space.
 *
 * @param words what is left
 */
record AnswerText(List<String> words) {

  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  private static final Pattern WHITE_SPACE = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f]+");

  static AnswerText of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String bare =
        WORD.matcher(PUNCTUATION.matcher(lower).replaceAll(""))
            .replaceAll(word -> ARTICLES.contains(word.group()) ? " " : word.group());
    return new AnswerText(
        Stream.of(WHITE_SPACE.split(bare)).filter(word -> !word.isEmpty()).toList());
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * F1 of the words that both have, counted as often as both have them: {@code big red house} for
   * {@code red house} has precision 2/3, recall 1 and F1 0.8. 0 if they share none.
   */
  double f1(AnswerText gold) {
    Map<String, Integer> unmatched = new HashMap<>();
    gold.words.forEach(word -> unmatched.merge(word, 1, Integer::sum));
    long common =
        words.stream().filter(word -> unmatched.merge(word, -1, Integer::sum) >= 0).count();
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / words.size();
    double recall = (double) common / gold.words.size();
    return 2 * precision * recall / (precision + recall);
  }
}
