// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.metric.Detail;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfusionFactsTest {

  private static Optional<ConfusionFacts> of(List<List<Long>> counts) {
    return ConfusionFacts.of(List.of(new Detail.Confusion(List.of("a", "b", "c"), counts)));
  }

  @Test
  void theMajorityIsThatOfTheDataAndALabelMayNeverBePredicted() {
    assertEquals(
        Optional.of(new ConfusionFacts("b", 0.6, List.of("b"), false)),
        of(List.of(List.of(1L, 0L, 1L), List.of(4L, 0L, 2L), List.of(1L, 0L, 1L))));
  }

  @Test
  void oneLabelForAllIsConstantOnlyWhereThereAreSeveral() {
    assertEquals(
        Optional.of(new ConfusionFacts("a", 0.5, List.of("b"), true)),
        of(List.of(List.of(2L, 0L, 0L), List.of(2L, 0L, 0L), List.of(0L, 0L, 0L))));
    assertEquals(
        Optional.of(new ConfusionFacts("a", 1, List.of(), false)),
        of(List.of(List.of(2L, 0L, 0L), List.of(0L, 0L, 0L), List.of(0L, 0L, 0L))));
  }

  @Test
  void withoutExamplesOrMatrixThereIsNothingToSay() {
    assertEquals(
        Optional.empty(),
        of(List.of(List.of(0L, 0L, 0L), List.of(0L, 0L, 0L), List.of(0L, 0L, 0L))));
    assertEquals(Optional.empty(), ConfusionFacts.of(List.of(new Detail.Value("x", 1))));
  }
}
