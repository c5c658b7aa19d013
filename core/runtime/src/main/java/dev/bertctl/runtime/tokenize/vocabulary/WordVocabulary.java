// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A vocabulary of whole words: the reserved tokens, then the words by falling frequency; of equally
 * frequent ones the one that occurred first comes first. This is the order of {@code Vocab} in Dive
 * into Deep Learning's d2l 0.17; d2l 1.0 sorts the words it keeps alphabetically.
 *
 * <p>Worked example: of "b a c a b d" with minimum frequency 1 and no reserved tokens: {@code b},
 * {@code a}, {@code c}, {@code d}; with minimum frequency 2: {@code b}, {@code a}.
 */
public final class WordVocabulary implements VocabularyLearner {

  private record Frequency(String word, long count) {}

  private final WordSettings settings;
  private final WordSplitter splitter;
  private final WordCounts counts = new WordCounts();

  /**
   * Starts without any text.
   *
   * @param splitter gives the words of a text, which are normalised by it
   */
  public WordVocabulary(WordSettings settings, WordSplitter splitter) {
    this.settings = settings;
    this.splitter = splitter;
  }

  @Override
  public void add(String text) {
    splitter.split(text, counts::add);
  }

  @Override
  public List<String> tokens() {
    List<Frequency> frequent = new ArrayList<>();
    counts.forEach(
        (word, count) -> {
          if (count >= settings.minFrequency()) {
            frequent.add(new Frequency(word, count));
          }
        });
    // A stable sort: equal counts stay in the order of first occurrence.
    frequent.sort(Comparator.comparingLong(Frequency::count).reversed());
    Set<String> tokens = new LinkedHashSet<>(settings.reservedTokens());
    frequent.forEach(frequency -> tokens.add(frequency.word()));
    return List.copyOf(tokens);
  }
}
