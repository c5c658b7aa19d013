// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossScaleTest {

  @Test
  void aGradientThatIsNoNumberHalvesItAndIsCounted() {
    LossScale scale = LossScale.START.after(true).after(false);

    assertEquals(new LossScale(32768, 0, 1), scale);
    assertEquals(Optional.empty(), scale.problem());
  }

  @Test
  void itDoublesAfterManyStepsInARow() {
    LossScale scale = LossScale.START.after(false);
    for (int step = 1; step < LossScale.PATIENCE; step++) {
      scale = scale.after(true);
      assertEquals(32768, scale.value());
    }

    assertEquals(new LossScale(65536, 0, 1), scale.after(true));
  }

  @Test
  void itDoesNotGrowWithoutEnd() {
    LossScale scale = new LossScale(1 << 24, LossScale.PATIENCE - 1, 0);

    assertEquals(new LossScale(1 << 24, 0, 0), scale.after(true));
  }

  @Test
  void gradientsThatAreNoNumbersEvenUnscaledAreAProblem() {
    LossScale scale = LossScale.START;
    for (int halved = 0; halved < 16; halved++) {
      scale = scale.after(false);
    }
    assertEquals(1, scale.value());
    assertEquals(Optional.empty(), scale.problem());

    assertTrue(scale.after(false).problem().orElseThrow().contains("17 steps were left out"));
  }
}
