// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClassificationMetricTest {

  private static final Labels TWO = new Labels(List.of("no", "yes"));
  private static final Labels THREE = new Labels(List.of("a", "b", "c"));

  @Test
  void primaryIsAccuracy() {
    ClassificationMetric metric = new ClassificationMetric(TWO);
    assertEquals("accuracy", metric.primary());
    assertTrue(metric.higherIsBetter());
  }

  @Test
  void twoOfThreeRight() {
    Scores scores = scores(TWO, new int[] {0, 0, 1}, new int[] {0, 1, 1});
    assertEquals(2 / 3., scores.values().get("accuracy"));
    assertEquals(2 / 3., scores.values().get("macro_f1"));
    assertEquals(2 / 3., scores.values().get("weighted_f1"));
    assertEquals(
        Map.of(
            "no", Map.of("precision", 1., "recall", 0.5, "f1", 2 / 3., "support", 2L),
            "yes", Map.of("precision", 0.5, "recall", 1., "f1", 2 / 3., "support", 1L)),
        perClass(scores));
    assertEquals(List.of(List.of(1L, 1L), List.of(0L, 1L)), confusion(scores));
  }

  /** Rows are gold, columns predicted; b is never predicted and c has no gold examples. */
  @Test
  void missingClassesScoreZero() {
    Scores scores = scores(THREE, new int[] {0, 0, 1, 1}, new int[] {0, 2, 0, 0});
    assertEquals(0.25, scores.values().get("accuracy"));
    assertEquals(
        Map.of(
            "a", Map.of("precision", 1 / 3., "recall", 0.5, "f1", 0.4, "support", 2L),
            "b", Map.of("precision", 0., "recall", 0., "f1", 0., "support", 2L),
            "c", Map.of("precision", 0., "recall", 0., "f1", 0., "support", 0L)),
        perClass(scores));
    assertEquals(
        List.of("accuracy", "macro_f1", "weighted_f1"), List.copyOf(scores.values().keySet()));
    assertEquals(0.2, scores.values().get("weighted_f1"));
    assertEquals(0.4 / 3, scores.values().get("macro_f1"));
    assertEquals(
        List.of(List.of(1L, 0L, 1L), List.of(2L, 0L, 0L), List.of(0L, 0L, 0L)), confusion(scores));
  }

  @Test
  void noExamples() {
    assertEquals(
        Map.of("accuracy", 0., "macro_f1", 0., "weighted_f1", 0.),
        scores(THREE, new int[0], new int[0]).values());
  }

  private static Object perClass(Scores scores) {
    return ((Detail.Table) scores.detail("per_class").orElseThrow()).rows();
  }

  private static Object confusion(Scores scores) {
    return ((Detail.Confusion) scores.detail("confusion_matrix").orElseThrow()).counts();
  }

  private static Scores scores(Labels labels, int[] gold, int[] predicted) {
    Metric.Scorer<LabelledText, Classification> scorer = new ClassificationMetric(labels).scorer();
    for (int i = 0; i < gold.length; i++) {
      LabelledText example =
          new LabelledText(
              new Location("dev.csv", i + 2),
              Map.of(),
              "",
              Optional.empty(),
              OptionalInt.of(gold[i]));
      scorer.add(example, new Classification(labels, predicted[i], List.of()));
    }
    return scorer.scores();
  }
}
