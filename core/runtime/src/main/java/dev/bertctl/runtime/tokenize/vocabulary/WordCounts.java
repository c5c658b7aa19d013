// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** How often each word occurs, in the order in which the words occurred first. */
final class WordCounts {

  /** A count in a box of its own: one look-up a word. */
  private final Map<String, long[]> counts = new LinkedHashMap<>();

  void add(String word) {
    counts.computeIfAbsent(word, first -> new long[1])[0]++;
  }

  void forEach(ObjLongConsumer<String> action) {
    counts.forEach((word, count) -> action.accept(word, count[0]));
  }
}
