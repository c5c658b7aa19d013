// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FittedSettingsTest {

  @Test
  void fewTextsAreCut() {
    assertEquals(
        new FittedLength(88, "99 of 100 texts have at most 81 tokens, the longest 300"),
        FittedLength.of(Map.of("p50", 20, "p90", 60, "p99", 81, "max", 300)));
    assertEquals(16, FittedLength.of(Map.of("p99", 9, "max", 9)).maxLength());
    assertEquals(256, FittedLength.of(Map.of("p99", 256, "max", 900)).maxLength());
  }

  @Test
  void longTextsAreCutAtALengthThatStaysQuick() {
    assertEquals(
        new FittedLength(
            256,
            "longer texts are cut; half of them have at most 230 tokens, 90 of 100 at most 600,"
                + " 99 of 100 at most 900"),
        FittedLength.of(Map.of("p50", 230, "p90", 600, "p99", 900, "max", 2000)));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 16, 20, '20 steps'",
    "360, 16, 14, '322 steps'",
    "1999, 16, 3, '375 steps'",
    "2000, 32, 5, '315 steps'",
    "100000, 32, 3, '9,375 steps'"
  })
  void fewRowsAreSeenMoreOften(long examples, int batch, int epochs, String steps) {
    assertEquals(
        Map.of(
            "train.batch-size",
            new FittedTraining.Chosen(batch, "for %,d examples".formatted(examples)),
            "train.epochs",
            new FittedTraining.Chosen(epochs, steps)),
        FittedTraining.of(examples).settings());
  }
}
