// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.search.SuccessiveHalving.Rung;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

  @Test
  void theBestThirdGoesOnThreeTimesAsLong() {
    assertEquals(
        List.of(new Rung(20, 1), new Rung(7, 3), new Rung(3, 9)), SuccessiveHalving.rungs(20, 9));
    assertEquals(List.of(new Rung(20, 1), new Rung(7, 3)), SuccessiveHalving.rungs(20, 3));
  }

  @Test
  void thereIsOneRungWhereNothingCanBeDivided() {
    assertEquals(List.of(new Rung(20, 2)), SuccessiveHalving.rungs(20, 2));
    assertEquals(List.of(new Rung(2, 9)), SuccessiveHalving.rungs(2, 9));
  }
}
