// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** Twice the passage takes about twice the work, which is counted and not timed. */
class LinearTest {

  private static final int SIZE = 4_000;

  /** Twice, and what does not depend on the size. */
  private static final double MOST = 2.2;

  @Test
  void windowsThatAreComparedForEachPiece() {
    assertLinear(
        n -> {
          CountingList<Window> windows = new CountingList<>(Window.over(n, 40, 16));
          assertEquals(n, SpanSearch.mostContext(windows).length);
          return windows.looks();
        });
  }

  @Test
  void anAnswerIsLookedForOnce() {
    for (int words : new int[] {SIZE, 2 * SIZE}) {
      String passage = "x ".repeat(words) + "end";
      CountingList<GoldAnswer> answers =
          new CountingList<>(List.of(GoldAnswer.somewhere("end", passage)));
      Question question =
          new Question(
              new Location("memory", 1), Map.of(), "1", "What?", passage, Optional.of(answers));
      new SpanPacking(8, 8).pack(question, TestPacker.ofWords(40));
      assertEquals(1, answers.looks());
    }
  }

  private static void assertLinear(IntToLongFunction work) {
    long small = work.applyAsLong(SIZE);
    long large = work.applyAsLong(2 * SIZE);
    assertTrue(large <= MOST * small, () -> small + " for the one, " + large + " for twice that");
  }
}
