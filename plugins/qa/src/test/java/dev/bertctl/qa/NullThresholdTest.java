// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NullThresholdTest {

  @Test
  void workedNumber() {
    BestThreshold best =
        BestThreshold.over(
            List.of(
                new BestThreshold.Odds(-2, true, 1),
                new BestThreshold.Odds(1, false, -1),
                new BestThreshold.Odds(3, true, 1)));
    assertEquals(new BestThreshold(2 / 3.0, OptionalDouble.of(-2)), best);
  }

  @Test
  void theBestSpanCountsWhateverWasAnswered() {
    assertEquals(
        Map.of("null-threshold", 6.0),
        tune(answer("", "red", 5), answer("", "red", 2), answer("red", "red", -1)));
  }

  @Test
  void questionsWithoutAnAnswerPullTheThresholdDown() {
    assertEquals(
        Map.of("null-threshold", -0.75),
        new NullThreshold()
            .tune(
                List.of(
                    Samples.question("1", "", "red"),
                    Samples.question("2", ""),
                    Samples.question("3", "")),
                List.of(
                    answer("red", "red", -1), answer("red", "red", -0.5), answer("", "red", 2))));
  }

  @Test
  void whereNoAnswerIsRightNoneIsGiven() {
    assertEquals(
        Map.of("null-threshold", -8.0), tune(answer("", "blue", 3), answer("blue", "blue", -7)));
  }

  private static Map<String, Object> tune(Answer... answers) {
    List<Question> questions =
        List.of(answers).stream().map(each -> Samples.question("1", "", "red")).toList();
    return new NullThreshold().tune(questions, List.of(answers));
  }

  private static Answer answer(String text, String best, double odds) {
    return new Answer(
        Optional.of(text),
        OptionalDouble.of(odds),
        List.of(new Candidate("", 0, 0, 0.5, 0, 0), new Candidate(best, 0, 3, 0.5, 0, 0)));
  }
}
