// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private static final int NO = Target.IGNORED;

  @Test
  void oneLabelAFeature() {
    Targets targets = targets(TargetSpec.LABEL, Sample.feature(Target.of(2), 3), none());
    assertArrayEquals(new long[] {2}, targets.shape());
    assertArrayEquals(new int[] {2, NO}, targets.labels());
    assertEquals(0, targets.numbers().length);
  }

  @Test
  void oneLabelAToken() {
    Targets targets =
        targets(
            TargetSpec.LABEL_PER_TOKEN,
            Sample.feature(Target.of(NO, 1, NO), 3),
            Sample.feature(Target.of(NO, 0, 3, NO), 4));
    assertArrayEquals(new long[] {2, 4}, targets.shape());
    assertArrayEquals(new int[] {NO, 1, NO, NO, NO, 0, 3, NO}, targets.labels());
  }

  @Test
  void spans() {
    Targets targets = targets(TargetSpec.SPAN, Sample.feature(Target.of(1, 2), 3), none());
    assertArrayEquals(new long[] {2, 2}, targets.shape());
    assertArrayEquals(new int[] {1, 2, NO, NO}, targets.labels());
  }

  @Test
  void numbers() {
    Targets targets = targets(TargetSpec.NUMBER, Sample.feature(Target.of(2.5f), 3), none());
    assertArrayEquals(new long[] {2}, targets.shape());
    assertArrayEquals(new float[] {2.5f, 0}, targets.numbers());
    assertEquals(0, targets.labels().length);
  }

  @Test
  void numbersOfLabels() {
    Targets targets =
        targets(TargetSpec.NUMBER_PER_LABEL, Sample.feature(Target.of(1f, 0f, 0.5f), 3), none());
    assertArrayEquals(new long[] {2, 3}, targets.shape());
    assertArrayEquals(new float[] {1, 0, 0.5f, 0, 0, 0}, targets.numbers());
    assertEquals(
        "a target that is not 3 finite numbers",
        problem(Sample.feature(Target.of(1f, 0f), 3), TargetSpec.NUMBER_PER_LABEL));
  }

  @Test
  void targetsThatDoNotFitTheHead() {
    Feature two = Sample.feature(Target.of(1, 2), 3);
    assertEquals("2 target values instead of 1", problem(two, TargetSpec.LABEL));
    assertEquals("2 target values instead of 3", problem(two, TargetSpec.LABEL_PER_TOKEN));
    Feature three = Sample.feature(Target.of(3), 3);
    assertEquals("the target 3, which is not between 0 and 2", problem(three, TargetSpec.LABEL));
    assertEquals(
        "the target -1, which is not between 0 and 2",
        problem(Sample.feature(Target.of(-1), 3), TargetSpec.LABEL));
    assertEquals(
        "the target 3, which is not between 0 and 2",
        problem(Sample.feature(Target.of(0, 3), 3), TargetSpec.SPAN));
    assertEquals(
        "a target that is not one finite number",
        problem(Sample.feature(Target.of(Float.NaN), 3), TargetSpec.NUMBER));
    assertEquals("a target that is not one finite number", problem(three, TargetSpec.NUMBER));
    assertEquals(
        "real numbers as the target of a head that wants LABEL",
        problem(Sample.feature(Target.of(1f), 3), TargetSpec.LABEL));
  }

  @Test
  void withoutLabelsTheChoicesAreTheLabels() {
    Feature fits = Sample.feature(Target.of(1), 3, 3);
    assertEquals(Optional.empty(), Targets.problem(fits, TargetSpec.LABEL, 0));
    Feature not = Sample.feature(Target.of(2), 3, 3);
    assertEquals(
        Optional.of("the target 2, which is not between 0 and 1"),
        Targets.problem(not, TargetSpec.LABEL, 0));
  }

  @Test
  void targetsThatDoNotFitAreRefused() {
    Feature two = Sample.feature(Target.of(1, 2), 3);
    assertEquals(
        "2 target values instead of 1",
        assertThrows(IllegalStateException.class, () -> targets(TargetSpec.LABEL, two))
            .getMessage());
  }

  private static Feature none() {
    return Sample.feature(Target.NONE, 3);
  }

  private static String problem(Feature feature, TargetSpec spec) {
    return Targets.problem(feature, spec, 3).orElseThrow();
  }

  private static Targets targets(TargetSpec spec, Feature... features) {
    int[] indices = IntStream.range(0, features.length).toArray();
    return Targets.of(Batch.of(List.of(features), indices, 0), spec);
  }
}
