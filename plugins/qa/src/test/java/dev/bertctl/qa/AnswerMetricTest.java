// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric.Scorer;
import dev.bertctl.spi.metric.Scores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerMetricTest {

  private final Scorer<Question, Answer> scorer = new AnswerMetric().scorer();

  @Test
  void workedNumber() {
    scorer.add(
        Samples.question("1", "The red house.", "the red house"), Samples.answer("Red house."));
    scorer.add(
        Samples.question("2", "A big red house.", "red house"), Samples.answer("big red house"));
    assertEquals(Map.of("exact_match", 0.5, "f1", 0.9), scorer.scores().values());
    assertEquals(List.of(new Detail.Value("total", 2)), scorer.scores().details());
  }

  @Test
  void theBestGoldAnswerCounts() {
    scorer.add(
        Samples.question("1", "", "red", "red house", "house by the sea"),
        Samples.answer("the red house"));
    assertEquals(Map.of("exact_match", 1.0, "f1", 1.0), scorer.scores().values());
  }

  @Test
  void aMissingPredictionScoresNothing() {
    scorer.add(Samples.question("1", "", "red"), Samples.answer("red"));
    scorer.add(Samples.question("2", "", "blue"), Answer.MISSING);
    assertEquals(Map.of("exact_match", 0.5, "f1", 0.5), scorer.scores().values());
    scorer.add(Samples.question("3", ""), Answer.MISSING);
    scorer.add(Samples.question("4", ""), Samples.answer(""));
    assertEquals(
        Map.of(
            "exact_match",
            0.5,
            "f1",
            0.5,
            "HasAns_exact",
            0.5,
            "HasAns_f1",
            0.5,
            "NoAns_exact",
            0.5,
            "NoAns_f1",
            0.5),
        scorer.scores().values());
  }

  @Test
  void scoresOfUnanswerableQuestionsAreThoseOfTheOfficialScorer() {
    JsonNode golden = Golden.read("scores.json");
    for (JsonNode each : golden.get("questions")) {
      scorer.add(
          Samples.question(
              each.get("id").textValue(),
              "",
              Golden.texts(each.get("gold")).toArray(String[]::new)),
          Samples.answer(each.get("predicted").textValue(), each.get("null_odds").doubleValue()));
    }
    Scores scores = scorer.scores();
    JsonNode whole = golden.get("whole");
    assertPercent(whole.get("exact"), scores.values().get("exact_match"));
    assertPercent(whole.get("f1"), scores.values().get("f1"));
    for (String name :
        List.of("HasAns_exact", "HasAns_f1", "NoAns_exact", "NoAns_f1", "best_exact", "best_f1")) {
      assertPercent(whole.get(name), scores.values().get(name));
    }
    for (String name : List.of("total", "HasAns_total", "NoAns_total")) {
      assertEquals(whole.get(name).intValue(), value(scores, name).intValue());
    }
    for (String name : List.of("best_exact_thresh", "best_f1_thresh")) {
      assertEquals(whole.get(name).doubleValue(), value(scores, name).doubleValue());
    }
  }

  private static Number value(Scores scores, String name) {
    return ((Detail.Value) scores.detail(name).orElseThrow()).value();
  }

  /** The official scorer multiplies by 100 before it divides: the last bit may differ. */
  private static void assertPercent(JsonNode percent, double share) {
    assertEquals(percent.doubleValue(), 100 * share, 1e-12);
  }
}
