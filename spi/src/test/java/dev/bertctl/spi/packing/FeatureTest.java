// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureTest {

  private static final Sequence SEQUENCE =
      new Sequence(new int[] {1, 7, 8, 2}, new int[4], List.of(), List.of(1));

  @Test
  void targetsAreKnownByName() {
    Target label = Target.of(1);
    Target number = Target.of(0.5f);
    Feature feature = Feature.of(SEQUENCE, label).with("number", number);
    assertEquals(label, feature.target());
    assertEquals(number, feature.target("number"));
    assertEquals(Target.NONE, feature.target("other"));
    assertEquals(List.of(Target.MAIN, "number"), List.copyOf(feature.targets().keySet()));
  }

  @Test
  void targetsThatAreNotKnownAreMissing() {
    assertEquals(Map.of(), Feature.of(SEQUENCE).targets());
    assertEquals(Map.of(), Feature.of(SEQUENCE, Target.NONE).targets());
    Feature cleared = Feature.of(SEQUENCE, Target.of(1)).with(Target.MAIN, Target.NONE);
    assertEquals(Map.of(), cleared.targets());
    assertEquals(Target.NONE, cleared.target());
  }

  @Test
  void positionsAndTargetsStayWithEachOther() {
    Feature feature = Feature.of(SEQUENCE).with("tokens", Target.of(7, 8)).at(1, 2);
    assertArrayEquals(new int[] {1, 2}, feature.positions());
    assertArrayEquals(new int[] {1, 2}, feature.with("label", Target.of(0)).positions());
    assertEquals(1, feature.targets().size());
    assertEquals(0, Feature.of(SEQUENCE).positions().length);
  }

  @Test
  void otherIdsInTheSamePlaces() {
    Sequence masked = SEQUENCE.withIds(1, 4, 8, 2);
    assertArrayEquals(new int[] {1, 4, 8, 2}, masked.ids());
    assertArrayEquals(new int[] {1, 7, 8, 2}, SEQUENCE.ids());
    assertEquals(List.of(1), masked.cut());
    assertEquals(
        "3 ids for a sequence of 4 tokens",
        assertThrows(IllegalArgumentException.class, () -> SEQUENCE.withIds(1, 4, 2)).getMessage());
  }
}
