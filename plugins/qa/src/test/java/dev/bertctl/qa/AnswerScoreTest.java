// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerScoreTest {

  @Test
  void scoresAreThoseOfTheOfficialScorer() {
    for (JsonNode each : Golden.read("scores.json").get("answers")) {
      String predicted = each.get("predicted").textValue();
      assertEquals(Golden.texts(each.get("words")), AnswerText.of(predicted).words());
      AnswerScore score = AnswerScore.squad2(predicted, Golden.texts(each.get("gold")));
      assertEquals(each.get("exact").doubleValue(), score.exact(), predicted);
      assertEquals(each.get("f1").doubleValue(), score.f1(), predicted);
    }
  }

  @Test
  void workedNumbers() {
    assertEquals(List.of("us", "dollar"), AnswerText.of("The U.S. dollar").words());
    assertEquals(0.8, AnswerText.of("big red house").f1(AnswerText.of("red house")), 1e-15);
  }

  /** Where nothing is left of an answer, the two official scorers differ. */
  @Test
  void nothingButArticles() {
    assertEquals(new AnswerScore(1, 0), AnswerScore.squad1("a", List.of("The")));
    assertEquals(new AnswerScore(1, 1), AnswerScore.squad2("a", List.of("The")));
    assertEquals(new AnswerScore(1, 0), AnswerScore.squad1("a", List.of("The", "house")));
    assertEquals(new AnswerScore(0, 0), AnswerScore.squad2("a", List.of("The", "house")));
    assertEquals(new AnswerScore(1, 1), AnswerScore.squad2("", List.of()));
    assertEquals(new AnswerScore(0, 0), AnswerScore.squad2("house", List.of()));
  }
}
