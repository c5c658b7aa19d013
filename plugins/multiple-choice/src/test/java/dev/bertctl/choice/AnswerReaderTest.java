// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

  private static final Location ROW = new Location("dev.jsonl", 1);
  private static final Question QUESTION =
      new Question(
          ROW,
          Map.of(),
          "He is thirsty.",
          "",
          Choices.of(List.of("He drinks.", "He sleeps."), ROW),
          OptionalInt.of(0));

  @Test
  void indexLetterOrText() {
    assertEquals(
        List.of(1, 1, 1, 0, 1),
        indices(
            List.of(
                Map.of("predicted", 1L),
                Map.of("prediction", "B"),
                Map.of("", "7", "pred", "1"),
                Map.of("label", 0L),
                Map.of("predicted", "He sleeps."))));
  }

  @Test
  void predictedGoesBeforeTheGoldLabelBesideIt() {
    assertEquals(
        List.of(1, 1),
        indices(
            List.of(
                Map.of("label", 0L, "predicted", 1L),
                Map.of("AnswerRightEnding", "1", "predicted", 1L))));
  }

  @Test
  void submissionToTheStoryClozeTest() {
    assertEquals(
        List.of(1, 0),
        indices(
            List.of(
                Map.of("InputStoryid", "a", "AnswerRightEnding", "2"),
                Map.of("InputStoryid", "b", "AnswerRightEnding", "1"))));
    assertProblem(
        "memory:1: AnswerRightEnding is empty; give 1 or 2",
        Map.of("InputStoryid", "a", "AnswerRightEnding", ""));
  }

  @Test
  void asManyAsQuestions() {
    DataException failure =
        assertThrows(DataException.class, () -> read(List.of(Map.of("predicted", 0L)), 2));
    assertEquals(
        "memory: 1 predictions for 2 gold examples; give one row for each example with a gold label, in their order",
        failure.getMessage());
  }

  @Test
  void noneOfTheChoices() {
    assertProblem(
        "memory:1: '' is none of the 2 choices; give an index from 0 to 1, a letter from A to B, or the choice's text",
        Map.of("predicted", ""));
  }

  @Test
  void noPrediction() {
    assertProblem("memory:1: no column 'predicted' (there are: id)", Map.of("id", 7L));
  }

  private static List<Integer> indices(List<Map<String, Object>> rows) {
    return read(rows, rows.size()).stream().map(Answer::index).toList();
  }

  private static List<Answer> read(List<Map<String, Object>> rows, int questions) {
    return PredictionReader.ofRows(AnswerReader::read)
        .read(
            MemoryFile.rows(rows),
            Collections.nCopies(questions, QUESTION),
            (location, reason) -> {});
  }

  private static void assertProblem(String expected, Map<String, Object> row) {
    assertEquals(
        expected, assertThrows(DataException.class, () -> read(List.of(row), 1)).getMessage());
  }
}
