// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric.Scorer;
import dev.bertctl.spi.metric.Scores;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChoiceAccuracyTest {

  private static final Location ROW = new Location("dev.jsonl", 1);

  private final ChoiceAccuracy metric = new ChoiceAccuracy();

  @Test
  void workedNumber() {
    Scorer<Question, Answer> scorer = metric.scorer();
    add(scorer, Choices.of(List.of("a", "b"), ROW), 0, 0);
    add(scorer, Choices.of(List.of("a", "b"), ROW), 0, 1);
    add(scorer, Choices.of(List.of("a", "b", "c", "d"), ROW), 3, 3);
    Scores scores = scorer.scores();
    assertEquals(2 / 3.0, scores.values().get(metric.primary()), 1e-12);
    Detail.Value guessing = (Detail.Value) scores.detail("guessing").orElseThrow();
    assertEquals(0.4167, guessing.value().doubleValue(), 5e-5);
    assertEquals(
        Map.of(
            "2", Map.of("accuracy", 0.5, "support", 2L),
            "4", Map.of("accuracy", 1.0, "support", 1L)),
        ((Detail.Table) scores.detail("by_number_of_choices").orElseThrow()).rows());
  }

  @Test
  void nothingToCount() {
    assertEquals(Map.of("accuracy", 0.0), metric.scorer().scores().values());
  }

  private static void add(
      Scorer<Question, Answer> scorer, Choices choices, int gold, int predicted) {
    Question question = new Question(ROW, Map.of(), "a", "", choices, OptionalInt.of(gold));
    scorer.add(question, new Answer(choices, predicted, List.of()));
  }
}
