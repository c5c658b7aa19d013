// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * The highest of what comes by, and no more than so many of them. Of equals those stay that came
 * first.
 *
 * @param <T> what is kept
 */
final class Ranking<T> {

  private final int most;
  private final PriorityQueue<Ranked<T>> kept = new PriorityQueue<>();
  private long seen;

  /**
   * @param most how many are kept
   */
  Ranking(int most) {
    this.most = most;
  }

  /**
   * Takes one more.
   *
   * @param rank by which it is high or low
   * @param tie which is the higher of equals
   * @param item makes what is kept, if it is
   */
  void add(double rank, double tie, Supplier<T> item) {
    Ranked<T> place = new Ranked<>(rank, tie, seen++, null);
    if (kept.size() == most && place.compareTo(kept.peek()) <= 0) {
      return;
    }
    if (kept.size() == most) {
      kept.poll();
    }
    kept.add(new Ranked<>(rank, tie, place.order, item.get()));
  }

  /** The highest first. */
  List<T> items() {
    return kept.stream().sorted(Comparator.reverseOrder()).map(Ranked::item).toList();
  }

  private record Ranked<T>(double rank, double tie, long order, T item)
      implements Comparable<Ranked<T>> {

    @Override
    public int compareTo(Ranked<T> other) {
      int byRank = Double.compare(rank, other.rank);
      int byTie = byRank != 0 ? byRank : Double.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(other.order, order);
    }
  }
}
