// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension.Numbers("train.learning-rate", 1e-5, 1e-3, true),
          new Dimension.Integers("train.warmup-steps", 2, 4, false),
          new Dimension.Integers("max-length", 8, 128, true),
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
    assertEquals(Set.of("2", "3", "4"), drawn("train.warmup-steps"));
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

  @Test
  void soHaveIntegers() {
    List<Long> lengths =
        IntStream.range(0, 200)
            .mapToObj(trial -> Long.valueOf(space.draw(trial).get("max-length")))
            .sorted()
            .toList();
    assertTrue(lengths.get(0) >= 8 && lengths.get(199) <= 128, lengths::toString);
    long below = lengths.stream().filter(length -> length < 32).count();
    assertTrue(below > 65 && below < 135, lengths::toString);
  }

  @Test
  void numbersHaveFourDigits() {
    drawn("train.learning-rate")
        .forEach(
            rate ->
                assertTrue(
                    new BigDecimal(rate).stripTrailingZeros().precision() <= 4
                        && rate.equals(rate.toLowerCase(Locale.ROOT)),
                    rate));
  }

  private Set<String> drawn(String key) {
    Set<String> values = new HashSet<>();
    IntStream.range(0, 200).forEach(trial -> values.add(space.draw(trial).get(key)));
    return values;
  }
}
