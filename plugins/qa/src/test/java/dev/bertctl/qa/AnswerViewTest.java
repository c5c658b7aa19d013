// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswerViewTest {

  private static final String PASSAGE = "\ud83d\ude02 Ann met Bob in Bonn.";

  private static Question question(Optional<List<GoldAnswer>> gold) {
    return new Question(new Location("dev.json", 1), Map.of(), "1", "Who?", PASSAGE, gold);
  }

  private static Answer answer(String text, int start, int end) {
    return new Answer(
        Optional.of(text),
        OptionalDouble.empty(),
        List.of(new Candidate(text, start, end, 0.75, 1, 1)));
  }

  private static List<Mark> marks(ExampleView view) {
    assertEquals("passage", view.passages().get(1).name());
    return view.passages().get(1).text().marks();
  }

  private static Optional<List<GoldAnswer>> gold(String... texts) {
    return Optional.of(
        List.of(texts).stream().map(text -> GoldAnswer.somewhere(text, PASSAGE)).toList());
  }

  @Test
  void predictedAndGoldAnswersAreMarked() {
    ExampleView view =
        AnswerView.of(question(gold("Ann", "Ann", "Ann met")), answer("Bob", 10, 13));
    assertEquals(List.of(new Mark(2, 5, "gold"), new Mark(10, 13, "answer")), marks(view));
    assertEquals(Optional.of("Ann | Ann met"), view.gold());
    assertEquals("Bob", view.predicted());
    assertEquals(OptionalDouble.of(0.75), view.confidence());
    assertEquals("Who?", view.passages().get(0).text().text());
  }

  @Test
  void whereBothAreTheSameOneMarkSaysSo() {
    assertEquals(
        List.of(new Mark(2, 5, "answer, gold")),
        marks(AnswerView.of(question(gold("Ann")), answer("Ann", 2, 5))));
  }

  @Test
  void aGoldAnswerThatIsPredictedInPartIsToldByItsText() {
    ExampleView view = AnswerView.of(question(gold("Ann met Bob")), answer("Ann", 2, 5));
    assertEquals(List.of(new Mark(2, 5, "answer")), marks(view));
    assertEquals(Optional.of("Ann met Bob"), view.gold());
  }

  @Test
  void noAnswerIsOneToo() {
    ExampleView view =
        AnswerView.of(
            question(Optional.of(List.of())),
            new Answer(Optional.of(""), OptionalDouble.empty(), List.of()));
    assertEquals(Optional.of("no answer"), view.gold());
    assertEquals("no answer", view.predicted());
    assertEquals(List.of(), marks(view));
    assertEquals(
        Optional.empty(), AnswerView.of(question(Optional.empty()), Answer.MISSING).gold());
  }
}
