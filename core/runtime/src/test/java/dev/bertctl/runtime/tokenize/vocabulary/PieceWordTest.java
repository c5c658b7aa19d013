// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceWordTest {

  private final List<String> changes = new ArrayList<>();

  @Test
  void reportsThePairsAroundAMerge() {
    // h e l l o
    PieceWord word = new PieceWord(new int[] {0, 1, 2, 2, 3}, 1);
    assertEquals(List.of("0,1", "1,4", "4,3"), merge(word, new Pair(2, 2), 4));
    assertEquals(List.of("-1,2", "+1,4", "-2,3", "+4,3"), changes);
  }

  @Test
  void mergesFromLeftToRight() {
    PieceWord three = new PieceWord(new int[] {2, 2, 2}, 1);
    assertEquals(List.of("5,2"), merge(three, new Pair(2, 2), 5));
    assertEquals(List.of("-2,2", "+5,2"), changes);
    PieceWord four = new PieceWord(new int[] {2, 2, 2, 2}, 1);
    assertEquals(List.of("5,5"), merge(four, new Pair(2, 2), 5));
    assertEquals(List.of("-2,2", "+5,2", "-5,2", "+5,5"), changes);
  }

  @Test
  void aWordWithoutThePairStaysAsItIs() {
    PieceWord word = new PieceWord(new int[] {1, 2, 3}, 1);
    assertEquals(List.of("1,2", "2,3"), merge(word, new Pair(1, 3), 4));
    assertEquals(List.of(), changes);
  }

  private List<String> merge(PieceWord word, Pair pair, int merged) {
    changes.clear();
    word.merge(
        pair,
        merged,
        new PieceWord.PairChanges() {
          @Override
          public void removed(Pair removed) {
            changes.add("-" + text(removed));
          }

          @Override
          public void added(Pair added) {
            changes.add("+" + text(added));
          }
        });
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < word.size(); i++) {
      pairs.add(text(word.pair(i)));
    }
    return pairs;
  }

  private static String text(Pair pair) {
    return pair.left() + "," + pair.right();
  }
}
