// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The pairs of pieces by falling count; of equally frequent pairs the one with the lower ids comes
 * first.
 *
 * <p>As in Hugging Face's queue, a pair that comes up again is queued again, with its new words
 * only, beside its older entry; and the count of a merged pair is not reset, so that one which
 * comes up again goes on from it.
 */
final class PairQueue {

  /**
   * A queued pair.
   *
   * @param pair the pair
   * @param count its count when it was queued
   * @param words those words in which it came up before it was queued
   */
  record Entry(Pair pair, long count, List<PieceWord> words) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::pair);

  private final Map<Pair, Long> counts = new HashMap<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(ORDER);
  private final Map<Pair, List<PieceWord>> unqueued = new LinkedHashMap<>();

  /** Counts a pair that came up in a word; all such pairs of a word one after the other. */
  void add(Pair pair, PieceWord word) {
    counts.merge(pair, word.count(), Long::sum);
    List<PieceWord> words = unqueued.computeIfAbsent(pair, first -> new ArrayList<>());
    if (words.isEmpty() || words.get(words.size() - 1) != word) {
      words.add(word);
    }
  }

  /** Counts a pair that a merge broke up in a word. */
  void remove(Pair pair, PieceWord word) {
    counts.merge(pair, -word.count(), Long::sum);
  }

  /** Queues the pairs that were added since the last time. */
  void queueAdded() {
    unqueued.forEach(
        (pair, words) -> {
          long count = counts.get(pair);
          if (count > 0) {
            queue.add(new Entry(pair, count, words));
          }
        });
    unqueued.clear();
  }

  /** Takes the most frequent pair, or null if no pair is left that occurs. */
  Entry poll() {
    while (!queue.isEmpty()) {
      Entry entry = queue.poll();
      long count = counts.get(entry.pair());
      if (count == entry.count()) {
        return entry;
      }
      if (count > 0) {
        queue.add(new Entry(entry.pair(), count, entry.words()));
      }
    }
    return null;
  }
}
