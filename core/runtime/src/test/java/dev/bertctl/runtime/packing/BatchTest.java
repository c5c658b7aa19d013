// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final int PAD = 7;

  @Test
  void padsToTheLongestSequence() {
    List<Feature> all =
        List.of(
            Sample.feature(Target.NONE, 9),
            Sample.feature(Target.NONE, 2),
            Sample.feature(Target.NONE, 3));
    Batch batch = Batch.of(List.of(all.get(2), all.get(1)), PAD);
    assertEquals(2, batch.size());
    assertEquals(2, batch.sequences());
    assertEquals(1, batch.choices());
    assertEquals(3, batch.tokens());
    assertEquals(List.of(all.get(2), all.get(1)), batch.features());
    assertArrayEquals(new int[] {10, 11, 12, 10, 11, PAD}, batch.ids());
    assertArrayEquals(new int[] {0, 0, 1, 0, 1, 0}, batch.segments());
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 0}, batch.mask());
    assertArrayEquals(new int[] {1, 1}, batch.choiceMask());
    assertArrayEquals(new int[0], batch.positionRows());
  }

  /** Rows of the batch's tokens, padding included: the second sequence begins at 4. */
  @Test
  void positionsAreRowsOfAllTokens() {
    Batch batch =
        Batch.of(
            List.of(
                Sample.feature(Target.NONE, 4).at(3, 1),
                Sample.feature(Target.NONE, 2),
                Sample.feature(Target.NONE, 3).at(0, 2, 2)),
            PAD);
    assertArrayEquals(new int[] {3, 1, 8, 10, 10}, batch.positionRows());
  }

  @Test
  void padsToTheMostChoices() {
    List<Feature> all = List.of(Sample.feature(Target.NONE, 2), Sample.feature(Target.NONE, 1, 3));
    Batch batch = Batch.of(all, PAD);
    assertEquals(2, batch.choices());
    assertEquals(4, batch.sequences());
    assertEquals(3, batch.tokens());
    assertArrayEquals(
        new int[] {10, 11, PAD, PAD, PAD, PAD, 10, PAD, PAD, 10, 11, 12}, batch.ids());
    assertArrayEquals(new int[] {1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1}, batch.mask());
    assertArrayEquals(new int[] {1, 0, 1, 1}, batch.choiceMask());
  }
}
