// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.Arrays;

/** A word as the pieces that it is made of so far. */
final class PieceWord {

  /** Receives the pairs that a merge breaks up and those that it makes. */
  interface PairChanges {

    void removed(Pair pair);

    void added(Pair pair);
  }

  private final long count;
  private int[] pieces;

  /**
   * A word before any merge.
   *
   * @param pieces ids of the pieces, one a character
   * @param count how often the word occurs
   */
  PieceWord(int[] pieces, long count) {
    this.pieces = pieces;
    this.count = count;
  }

  /** How often the word occurs. */
  long count() {
    return count;
  }

  int size() {
    return pieces.length;
  }

  /** The piece at an index and the one behind it. */
  Pair pair(int index) {
    return new Pair(pieces[index], pieces[index + 1]);
  }

  /**
   * Replaces the pair, from left to right, by one piece. Merging (l, l) in "h e l l o" breaks up
   * (e, l) and (l, o) and makes (e, ll) and (ll, o); the merged pair itself is not reported.
   */
  void merge(Pair pair, int merged, PairChanges changes) {
    int size = 0;
    for (int at = 0; at < pieces.length; at++) {
      boolean found =
          pieces[at] == pair.left() && at + 1 < pieces.length && pieces[at + 1] == pair.right();
      if (found) {
        if (size > 0) {
          changes.removed(new Pair(pieces[size - 1], pair.left()));
          changes.added(new Pair(pieces[size - 1], merged));
        }
        at++;
        if (at + 1 < pieces.length) {
          changes.removed(new Pair(pair.right(), pieces[at + 1]));
          changes.added(new Pair(merged, pieces[at + 1]));
        }
      }
      pieces[size++] = found ? merged : pieces[at];
    }
    pieces = Arrays.copyOf(pieces, size);
  }
}
