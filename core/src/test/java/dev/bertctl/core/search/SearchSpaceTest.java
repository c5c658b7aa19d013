// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension.Numbers("train.learning-rate", 1e-5, 1e-3, true),
          new Dimension.Integers("train.epochs", 2, 4),
          new Dimension.Choice("train.batch-size", List.of("16", "32")));

  private final SearchSpace space = new SearchSpace(DIMENSIONS, 7);

  @Test
  void aTrialDependsOnSeedAndNumberAlone() {
    SearchSpace same = new SearchSpace(DIMENSIONS, 7);
    assertEquals(same.draw(5), space.draw(5));
    assertNotEquals(space.draw(4), space.draw(5));
    assertNotEquals(new SearchSpace(DIMENSIONS, 8).draw(5), space.draw(5));
  }

  @Test
  void allIntegersAndChoicesAreDrawnAndNoOthers() {
    assertEquals(Set.of("2", "3", "4"), drawn("train.epochs"));
    assertEquals(Set.of("16", "32"), drawn("train.batch-size"));
  }

  @Test
  void aLogarithmicScaleHasHalfOfTheDrawsBelowTheGeometricMean() {
    List<Double> rates =
        drawn("train.learning-rate").stream().map(Double::valueOf).sorted().toList();
    assertTrue(rates.get(0) >= 1e-5 && rates.get(rates.size() - 1) <= 1e-3, rates::toString);
    long below = rates.stream().filter(rate -> rate < 1e-4).count();
    // 200 fair draws lie within five standard deviations of 100: between 65 and 135.
    assertTrue(below > 65 && below < 135, rates::toString);
  }

  private Set<String> drawn(String key) {
    Set<String> values = new HashSet<>();
    IntStream.range(0, 200).forEach(trial -> values.add(space.draw(trial).get(key)));
    return values;
  }
}
