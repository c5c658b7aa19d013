// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionRolloutTest {

  private static final double[] CROSSED = {0, 1, 1, 0};
  private static final double[] ALL_TO_FIRST = {1, 0, 1, 0};

  @Test
  void oneLayerIsHalfAttentionAndHalfResidual() {
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.5, 0.5}, AttentionRollout.of(List.of(CROSSED), 2), 1e-12);
    assertArrayEquals(
        new double[] {1, 0, 0.5, 0.5}, AttentionRollout.of(List.of(ALL_TO_FIRST), 2), 1e-12);
  }

  /** The second layer is multiplied from the left: its rows are what the head reads. */
  @Test
  void layersAreMultipliedFromTheFirstOn() {
    assertArrayEquals(
        new double[] {0.75, 0.25, 0.75, 0.25},
        AttentionRollout.of(List.of(ALL_TO_FIRST, CROSSED), 2),
        1e-12);
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.5, 0.5},
        AttentionRollout.of(List.of(CROSSED, ALL_TO_FIRST), 2),
        1e-12);
  }
}
