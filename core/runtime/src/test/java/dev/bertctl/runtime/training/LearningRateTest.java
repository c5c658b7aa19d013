// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.training.LearningRate.Schedule;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void risesAndFallsAsItsExampleSays() {
    assertRates(new LearningRate(Schedule.LINEAR, 1, 2, 6), 0, 0.5, 1, 0.75, 0.5, 0.25);
  }

  @Test
  void withoutWarmUpItBeginsAtThePeak() {
    assertRates(LearningRate.of(Schedule.LINEAR, 2, 0, 4), 2, 1.5, 1, 0.5);
  }

  @Test
  void withNothingButWarmUpItRisesToTheEnd() {
    assertRates(LearningRate.of(Schedule.LINEAR, 1, 1, 4), 0, 0.25, 0.5, 0.75);
  }

  @Test
  void warmUpIsRoundedUpToAWholeStep() {
    assertEquals(1, LearningRate.of(Schedule.LINEAR, 1, 0.1, 5).warmupSteps());
    assertEquals(2, LearningRate.of(Schedule.LINEAR, 1, 0.1, 11).warmupSteps());
    assertEquals(3, LearningRate.of(Schedule.LINEAR, 1, 0.1, 30).warmupSteps());
  }

  @Test
  void constantAfterTheWarmUp() {
    assertRates(new LearningRate(Schedule.CONSTANT, 1, 2, 6), 0, 0.5, 1, 1, 1, 1);
    assertRates(LearningRate.of(Schedule.CONSTANT, 2, 0, 3), 2, 2, 2);
  }

  private static void assertRates(LearningRate rate, double... expected) {
    double[] rates = LongStream.range(0, rate.totalSteps()).mapToDouble(rate::at).toArray();
    assertArrayEquals(expected, rates, 1e-12);
  }
}
