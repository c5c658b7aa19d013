// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QuestionReaderTest {

  private static final List<String> CHOICES = List.of("It rings.", "It sings.", "It swims.");

  private final List<String> skipped = new ArrayList<>();

  @Test
  void swagAsDistributed() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("", "0");
    row.put("video-id", "anetv_0");
    row.put("fold-ind", "17");
    row.put("startphrase", "A girl ties her shoes. She");
    row.put("sent1", "A girl ties her shoes.");
    row.put("sent2", "She");
    row.put("gold-source", "gold");
    row.put("ending0", "is a shoe.");
    row.put("ending1", "eats the laces.");
    row.put("ending2", "closes the sea.");
    row.put("ending3", "runs to the field.");
    row.put("label", "3");
    Question question = read(row);
    assertEquals("A girl ties her shoes.", question.context());
    assertEquals("She", question.stem());
    assertEquals(
        List.of("is a shoe.", "eats the laces.", "closes the sea.", "runs to the field."),
        question.choices().texts());
    assertEquals(OptionalInt.of(3), question.answer());
    assertEquals(row, question.columns());
  }

  @Test
  void storyClozeAsDistributed() {
    Question question = read(story("2"));
    assertEquals(
        "Tom was hungry. No bread was left. He got up. He took money.", question.context());
    assertEquals("", question.stem());
    assertEquals(List.of("He slept.", "He went shopping."), question.choices().texts());
    assertEquals(OptionalInt.of(1), question.answer());
    assertEquals(OptionalInt.of(0), read(story("1")).answer());
  }

  @Test
  void storyClozeCountsItsEndingsFromOne() {
    assertProblem("memory:1: AnswerRightEnding is '0'; it must be 1 or 2", story("0"));
  }

  @Test
  void contextQuestionAndChoices() {
    Map<String, Object> row = row("context", "The phone lights up.", "choices", CHOICES, "A");
    row.put("question", "What happens next?");
    Question question = read(row);
    assertEquals("The phone lights up.", question.context());
    assertEquals("What happens next?", question.stem());
    assertEquals(CHOICES, question.choices().texts());
    assertEquals(OptionalInt.of(0), question.answer());
  }

  @Test
  void usualNamesOfColumns() {
    Map<String, Object> row = row("ctx", "The phone lights up.", "endings", CHOICES, 2L);
    assertEquals(OptionalInt.of(2), read(row).answer());
    row = row("article", "The phone lights up.", "options", CHOICES, "B");
    row.put("answer", row.remove("label"));
    assertEquals(OptionalInt.of(1), read(row).answer());
  }

  @Test
  void questionAlone() {
    Question question = read(row("question", "What does a phone do?", "choices", CHOICES, 0L));
    assertEquals("What does a phone do?", question.context());
    assertEquals("", question.stem());
  }

  @Test
  void lastOfNumberedChoicesMayBeEmpty() {
    Map<String, Object> row = numbered("It rings.", "It sings.", "", "");
    assertEquals(List.of("It rings.", "It sings."), read(row).choices().texts());
    row.remove("ending2");
    assertEquals(List.of("It rings.", "It sings."), read(row).choices().texts());
  }

  @Test
  void gapsInNumberedChoicesAreNoEnd() {
    String problem = "memory:1: choice 1 of 3 is empty; give it a text, or remove it";
    assertProblem(problem, numbered("It rings.", "", "It swims."));
    Map<String, Object> row = numbered("It rings.", "It sings.", "It swims.");
    row.remove("ending1");
    assertProblem(problem, row);
  }

  @Test
  void numbersAndBooleansMayBeChoices() {
    Map<String, Object> row =
        row("question", "How many?", "choices", List.of(3L, 0.5, true), "true");
    assertEquals(List.of("3", "0.5", "true"), read(row).choices().texts());
    assertEquals(OptionalInt.of(2), read(row).answer());
  }

  @Test
  void rowsWithoutGoldLabelOrContextAreLeftOutAndCounted() {
    List<Question> questions =
        read(
            Purpose.TRAINING,
            List.of(
                row("context", "A", "choices", CHOICES, ""),
                row("context", "A", "choices", CHOICES, -1L),
                row("context", " ", "choices", CHOICES, 0L),
                story(""),
                row("context", "A", "choices", CHOICES, null),
                row("context", null, "choices", CHOICES, 0L),
                row("context", "A", "choices", CHOICES, 0L)));
    assertEquals(List.of(7L), questions.stream().map(q -> q.location().line()).toList());
    assertEquals(
        List.of(
            "memory:1 no gold label",
            "memory:2 no gold label",
            "memory:3 empty context",
            "memory:4 no gold label",
            "memory:5 no gold label",
            "memory:6 empty context"),
        skipped);
  }

  @Test
  void predictionTakesEveryRow() {
    List<Question> questions =
        read(
            Purpose.PREDICTION,
            List.of(row("context", "", "choices", CHOICES, "whatever"), story("whatever")));
    assertEquals(2, questions.size());
    assertEquals(OptionalInt.empty(), questions.get(0).answer());
    assertEquals(OptionalInt.empty(), questions.get(1).answer());
    assertEquals(List.of(), skipped);
  }

  @Test
  void choicesInOneText() {
    assertProblem(
        "memory:1: the choices are one text, and where to split it is anyone's guess; give a JSON list, \"choices\": [\"...\", \"...\"], or a column for each choice: ending0, ending1, ...",
        row("context", "A", "choices", "It rings., It sings.", 0L));
  }

  @Test
  void choiceThatIsNoText() {
    assertProblem(
        "memory:1: a choice is a JSON list or object; each must be a text",
        row("context", "A", "choices", List.of(Map.of("text", "It rings."), "It sings."), 0L));
  }

  @Test
  void noChoices() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("context", "A");
    row.put("label", 0L);
    assertProblem(
        "memory:1: no choices; give a JSON list in a column 'choices' (also tried 'endings', 'options'), or a column for each choice: ending0, ending1, ... The row has: context, label",
        row);
    assertProblem(
        "memory:1: needs at least two choices, has 0; correct or remove the row", numbered("", ""));
  }

  @Test
  void numberedChoicesBeginWithZero() {
    Map<String, Object> row = numbered("", "It rings.", "It sings.");
    row.remove("ending0");
    assertProblem(
        "memory:1: no column 'ending0': choices are counted from 0; rename the columns", row);
  }

  @Test
  void labelOutOfRange() {
    assertProblem(
        "memory:1: '3' is none of the 3 choices; give an index from 0 to 2; a choice's text needs quotes",
        row("context", "A", "choices", CHOICES, 3L));
  }

  @Test
  void noContext() {
    assertProblem(
        "memory:1: no column 'context' (there are: text, choices, label)",
        row("text", "A", "choices", CHOICES, 0L));
  }

  private static Map<String, Object> story(String answer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("InputStoryid", "b1");
    row.put("InputSentence1", "Tom was hungry.");
    row.put("InputSentence2", "No bread was left.");
    row.put("InputSentence3", "He got up. ");
    row.put("InputSentence4", "He took money.");
    row.put("RandomFifthSentenceQuiz1", "He slept.");
    row.put("RandomFifthSentenceQuiz2", "He went shopping.");
    row.put("AnswerRightEnding", answer);
    return row;
  }

  private static Map<String, Object> numbered(String... endings) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("context", "The phone lights up.");
    row.put("label", "0");
    for (int i = 0; i < endings.length; i++) {
      row.put("ending" + i, endings[i]);
    }
    return row;
  }

  private static Map<String, Object> row(
      String contextName, String context, String choicesName, Object choices, Object label) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(contextName, context);
    row.put(choicesName, choices);
    row.put("label", label);
    return row;
  }

  private Question read(Map<String, Object> row) {
    return read(Purpose.EVALUATION, List.of(row)).get(0);
  }

  private List<Question> read(Purpose purpose, List<Map<String, Object>> rows) {
    return new QuestionReader()
        .read(
            MemoryFile.rows(rows),
            purpose,
            (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  private void assertProblem(String expected, Map<String, Object> row) {
    assertEquals(expected, assertThrows(DataException.class, () -> read(row)).getMessage());
  }
}
