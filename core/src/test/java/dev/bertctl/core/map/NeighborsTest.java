// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NeighborsTest {

  private static final float[][] LINE = {{0}, {1}, {2}, {10}, {11}, {12}};

  private static List<OptionalInt> labels(int... labels) {
    return java.util.Arrays.stream(labels)
        .mapToObj(label -> label < 0 ? OptionalInt.empty() : OptionalInt.of(label))
        .toList();
  }

  @Test
  void farGroupsOfOneLabelAgree() {
    assertEquals(1, Neighbors.agreement(LINE, labels(0, 0, 0, 1, 1, 1), 2));
  }

  /**
   * Of 0 and its two neighbours 1 and 2 the labels are a, b, a: half; so it is for all but 1, 11.
   */
  @Test
  void mixedGroupsAgreeInPart() {
    assertEquals((4 * 0.5 + 2 * 0) / 6, Neighbors.agreement(LINE, labels(0, 1, 0, 0, 1, 0), 2));
  }

  @Test
  void whatHasNoLabelDoesNotCount() {
    assertEquals(1, Neighbors.agreement(LINE, labels(0, -1, 0, 1, -1, 1), 1));
    assertEquals(Double.NaN, Neighbors.agreement(LINE, labels(-1, -1, -1, -1, -1, -1), 2));
  }
}
