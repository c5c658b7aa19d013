// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BinaryCountsTest {

  /** The worked number of {@link BinaryCounts}. */
  @Test
  void threeOfFourRight() {
    BinaryCounts counts = new BinaryCounts(2, 0, 1, 1);
    assertEquals(3 / 4., counts.accuracy());
    assertEquals(1, counts.precision());
    assertEquals(2 / 3., counts.recall());
    assertEquals(4 / 5., counts.f1());
    assertEquals(1 / Math.sqrt(3), counts.matthewsCorrelation(), Math.ulp(1.));
  }

  @Test
  void sharesOfNothingAreZero() {
    BinaryCounts nothing = new BinaryCounts(0, 0, 0, 0);
    assertEquals(0, nothing.accuracy());
    assertEquals(0, nothing.precision());
    assertEquals(0, nothing.recall());
    assertEquals(0, nothing.f1());
    assertEquals(0, nothing.matthewsCorrelation());
  }

  @Test
  void matthewsCorrelationOfMillions() {
    long many = 100_000_000;
    assertEquals(1, new BinaryCounts(many, 0, 0, many).matthewsCorrelation());
    assertEquals(-1, new BinaryCounts(0, many, many, 0).matthewsCorrelation());
    assertEquals(0, new BinaryCounts(many, many, many, many).matthewsCorrelation());
  }
}
