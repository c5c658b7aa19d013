// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.training.ScheduleSpec.Kind;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {

  private static final Warmup TWO = new Warmup.Steps(2);

  @Test
  void risesAndFallsAsItsExampleSays() {
    assertRates(
        new LearningRate(ScheduleSpec.of(Kind.LINEAR, TWO), 1, 6), 0, 0.5, 1, 0.75, 0.5, 0.25);
  }

  @Test
  void onlyConstantHasNoWarmUp() {
    assertRates(new LearningRate(ScheduleSpec.of(Kind.CONSTANT, TWO), 1, 4), 1, 1, 1, 1);
    assertRates(
        new LearningRate(ScheduleSpec.of(Kind.CONSTANT_WITH_WARMUP, TWO), 1, 4), 0, 0.5, 1, 1);
  }

  @Test
  void placesBetweenStepsLieBetweenTheirRates() {
    LearningRate rate = new LearningRate(ScheduleSpec.of(Kind.LINEAR, TWO), 1, 6);
    assertEquals(0.25, rate.at(0.5), 1e-12);
    assertEquals(0.625, rate.at(3.5), 1e-12);
    assertEquals(0.025, rate.at(5.9), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void behindTheLastStepTheRateStays(Kind kind) {
    LearningRate rate = new LearningRate(ScheduleSpec.of(kind, TWO), 1e-3, 6);
    for (double done : new double[] {6.001, 7, 9.5, 1e9}) {
      assertEquals(rate.at(6), rate.at(done), 0);
    }
  }

  @Test
  void aPolynomialEndsWhereItIsTold() {
    ScheduleSpec schedule = new ScheduleSpec(Kind.POLYNOMIAL, Warmup.NONE, 1, 2, 0.2);
    assertEquals(0.2 + 0.8 * 0.25, new LearningRate(schedule, 1, 10).at(5), 1e-12);
    assertEquals(0.2, new LearningRate(schedule, 1, 10).at(10), 0);
  }

  @Test
  void aPolynomialThatWouldNotFallIsRefused() {
    ScheduleSpec schedule = new ScheduleSpec(Kind.POLYNOMIAL, Warmup.NONE, 1, 1, 5e-5);
    UserException refused =
        assertThrows(UserException.class, () -> new LearningRate(schedule, 5e-5, 10));
    assertEquals(
        "a schedule 'polynomial' ends at 5.0E-5, which is not below the highest learning rate 5.0E-5;"
            + " end lower, or raise train.learning-rate",
        refused.getMessage());
    assertTrue(new LearningRate(schedule, 6e-5, 10).at(10) > 0);
  }

  @Test
  void numbersThatMakeNoScheduleAreRefused() {
    assertRefused(
        "a schedule of 0.0 cycles; it needs more than 0",
        () -> new ScheduleSpec(Kind.COSINE, TWO, 0, 1, 0));
    assertRefused(
        "a schedule 'cosine-with-restarts' of 1.5 cycles; it needs a whole number of them",
        () -> new ScheduleSpec(Kind.COSINE_WITH_RESTARTS, TWO, 1.5, 1, 0));
    assertRefused(
        "a schedule of the power 0.0; it needs one above 0",
        () -> new ScheduleSpec(Kind.POLYNOMIAL, TWO, 1, 0, 0));
    assertRefused(
        "a schedule that ends at -1.0; it needs 0 or more",
        () -> new ScheduleSpec(Kind.POLYNOMIAL, TWO, 1, 1, -1));
  }

  private static void assertRefused(String message, Runnable schedule) {
    assertEquals(message, assertThrows(UserException.class, schedule::run).getMessage());
  }

  private static void assertRates(LearningRate rate, double... expected) {
    double[] rates = LongStream.range(0, rate.totalSteps()).mapToDouble(rate::at).toArray();
    assertArrayEquals(expected, rates, 1e-12);
  }
}
