// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The characters that word pieces are made of.
 *
 * @param characters the most frequent ones, by code point
 * @param continuing those of them that some word holds behind its first character, by code point
 */
record Alphabet(SortedSet<Integer> characters, SortedSet<Integer> continuing) {

  /**
   * The alphabet of the given words. Of characters that are equally frequent where the limit cuts,
   * those with the lower code points stay.
   */
  static Alphabet of(WordCounts words, int limit) {
    Map<Integer, Long> frequencies = new TreeMap<>();
    SortedSet<Integer> continuing = new TreeSet<>();
    words.forEach(
        (word, count) -> {
          word.codePoints().forEach(character -> frequencies.merge(character, count, Long::sum));
          word.codePoints().skip(1).forEach(continuing::add);
        });
    SortedSet<Integer> characters = mostFrequent(frequencies, limit);
    continuing.retainAll(characters);
    return new Alphabet(characters, continuing);
  }

  private static SortedSet<Integer> mostFrequent(Map<Integer, Long> frequencies, int limit) {
    List<Integer> characters = new ArrayList<>(frequencies.keySet());
    Comparator<Integer> byFrequency = Comparator.comparing(frequencies::get);
    characters.sort(byFrequency.reversed());
    return new TreeSet<>(characters.subList(0, Math.min(limit, characters.size())));
  }
}
