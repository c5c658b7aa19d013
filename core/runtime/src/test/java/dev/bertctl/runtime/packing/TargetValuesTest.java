// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetValuesTest {

  private static final int NO = Target.IGNORED;

  @Test
  void oneLabelAFeature() {
    TargetValues targets =
        targets(
            TargetSpec.label(3), Sample.feature(Target.of(2), 3), Sample.feature(Target.of(NO), 3));
    assertArrayEquals(new long[] {2}, targets.shape());
    assertArrayEquals(new int[] {2, NO}, targets.integers());
    assertEquals(0, targets.numbers().length);
  }

  @Test
  void oneLabelAToken() {
    TargetValues targets =
        targets(
            TargetSpec.labelPerToken(4),
            Sample.feature(Target.of(NO, 1, NO), 3),
            Sample.feature(Target.of(NO, 0, 3, NO), 4));
    assertArrayEquals(new long[] {2, 4}, targets.shape());
    assertArrayEquals(new int[] {NO, 1, NO, NO, NO, 0, 3, NO}, targets.integers());
  }

  @Test
  void spans() {
    TargetValues targets =
        targets(
            TargetSpec.of(Form.SPAN),
            Sample.feature(Target.of(1, 2), 3),
            Sample.feature(Target.of(NO, NO), 3));
    assertArrayEquals(new long[] {2, 2}, targets.shape());
    assertArrayEquals(new int[] {1, 2, NO, NO}, targets.integers());
  }

  @Test
  void numbers() {
    TargetValues targets =
        targets(
            TargetSpec.of(Form.NUMBER),
            Sample.feature(Target.of(2.5f), 3),
            Sample.feature(Target.of(0f), 3));
    assertArrayEquals(new long[] {2}, targets.shape());
    assertArrayEquals(new float[] {2.5f, 0}, targets.numbers());
    assertEquals(0, targets.integers().length);
  }

  @Test
  void numbersOfLabels() {
    TargetValues targets =
        targets(
            TargetSpec.numbers(3),
            Sample.feature(Target.of(1f, 0f, 0.5f), 3),
            Sample.feature(Target.of(0f, 0f, 0f), 3));
    assertArrayEquals(new long[] {2, 3}, targets.shape());
    assertArrayEquals(new float[] {1, 0, 0.5f, 0, 0, 0}, targets.numbers());
  }

  @Test
  void tokensOfPositions() {
    TargetValues targets =
        targets(
            TargetSpec.of(Form.TOKEN_PER_POSITION).named("tokens"),
            Sample.feature(Target.NONE, 5).at(1, 3).with("tokens", Target.of(7, NO)),
            Sample.feature(Target.NONE, 4).with("tokens", Target.of(new int[0])),
            Sample.feature(Target.NONE, 4).at(2).with("tokens", Target.of(NO)),
            Sample.feature(Target.NONE, 4).at(0).with("tokens", Target.of(9)));
    assertArrayEquals(new long[] {4}, targets.shape());
    assertArrayEquals(new int[] {7, NO, NO, 9}, targets.integers());
  }

  @Test
  void noPositionAtAll() {
    TargetValues targets =
        targets(TargetSpec.of(Form.TOKEN_PER_POSITION), Sample.feature(Target.of(new int[0]), 3));
    assertArrayEquals(new long[] {0}, targets.shape());
    assertArrayEquals(new int[0], targets.integers());
  }

  @Test
  void tokensOfTokens() {
    TargetValues targets =
        targets(
            TargetSpec.of(Form.TOKEN_PER_TOKEN),
            Sample.feature(Target.of(5, 6, NO), 3),
            Sample.feature(Target.of(70_000, NO), 2));
    assertArrayEquals(new long[] {2, 3}, targets.shape());
    assertArrayEquals(new int[] {5, 6, NO, 70_000, NO, NO}, targets.integers());
  }

  @Test
  void choices() {
    TargetValues targets =
        targets(
            TargetSpec.of(Form.CHOICE),
            Sample.feature(Target.of(1), 3, 4),
            Sample.feature(Target.of(NO), 3));
    assertArrayEquals(new long[] {2}, targets.shape());
    assertArrayEquals(new int[] {1, NO}, targets.integers());
  }

  @Test
  void severalTargetsAreToldApartByTheirNames() {
    Feature feature =
        Sample.feature(Target.NONE, 3).with("a", Target.of(1)).with("b", Target.of(2.5f));
    assertArrayEquals(new int[] {1}, targets(TargetSpec.label(2).named("a"), feature).integers());
    assertArrayEquals(
        new float[] {2.5f}, targets(TargetSpec.of(Form.NUMBER).named("b"), feature).numbers());
  }

  @Test
  void targetsThatDoNotFitAreRefused() {
    Feature two = Sample.feature(Target.of(1, 2), 3);
    assertEquals(
        "2 target values instead of 1",
        assertThrows(IllegalStateException.class, () -> targets(TargetSpec.label(3), two))
            .getMessage());
  }

  @Test
  void aTargetThatWasNotDrawnIsRefused() {
    Feature without = Sample.feature(Target.NONE, 3);
    assertEquals(
        "a feature was drawn without the target 'target'",
        assertThrows(IllegalStateException.class, () -> targets(TargetSpec.label(3), without))
            .getMessage());
  }

  private static TargetValues targets(TargetSpec spec, Feature... features) {
    return TargetValues.of(Batch.of(List.of(features), 0), spec);
  }
}
