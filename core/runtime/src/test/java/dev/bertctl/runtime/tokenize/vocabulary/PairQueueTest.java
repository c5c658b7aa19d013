// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairQueueTest {

  private final PairQueue queue = new PairQueue();
  private final PieceWord often = new PieceWord(new int[] {1, 2}, 5);
  private final PieceWord seldom = new PieceWord(new int[] {1, 2}, 2);

  @Test
  void takesTheMostFrequentPairAndOfEqualOnesTheLowest() {
    queue.add(new Pair(1, 3), often);
    queue.add(new Pair(1, 2), often);
    queue.add(new Pair(0, 9), seldom);
    queue.add(new Pair(0, 9), often);
    queue.queueAdded();
    assertEquals(new PairQueue.Entry(new Pair(0, 9), 7, List.of(seldom, often)), queue.poll());
    assertEquals(new PairQueue.Entry(new Pair(1, 2), 5, List.of(often)), queue.poll());
    assertEquals(new PairQueue.Entry(new Pair(1, 3), 5, List.of(often)), queue.poll());
    assertNull(queue.poll());
  }

  @Test
  void aPairThatBecameRarerComesLater() {
    queue.add(new Pair(1, 2), often);
    queue.add(new Pair(1, 2), seldom);
    queue.add(new Pair(3, 4), often);
    queue.queueAdded();
    queue.remove(new Pair(1, 2), often);
    assertEquals(new Pair(3, 4), queue.poll().pair());
    assertEquals(2, queue.poll().count());
    assertNull(queue.poll());
  }

  @Test
  void aMergedPairThatComesUpAgainGoesOnFromItsOldCount() {
    queue.add(new Pair(1, 2), often);
    queue.queueAdded();
    assertEquals(5, queue.poll().count());
    queue.add(new Pair(1, 2), seldom);
    queue.queueAdded();
    assertEquals(new PairQueue.Entry(new Pair(1, 2), 7, List.of(seldom)), queue.poll());
  }

  @Test
  void aPairThatGrowsIsQueuedTwice() {
    queue.add(new Pair(1, 2), seldom);
    queue.queueAdded();
    queue.add(new Pair(1, 2), often);
    queue.queueAdded();
    assertEquals(new PairQueue.Entry(new Pair(1, 2), 7, List.of(often)), queue.poll());
    assertEquals(new PairQueue.Entry(new Pair(1, 2), 7, List.of(seldom)), queue.poll());
    assertNull(queue.poll());
  }
}
