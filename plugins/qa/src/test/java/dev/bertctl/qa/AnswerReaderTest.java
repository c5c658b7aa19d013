// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

  private static final List<Question> GOLD =
      List.of(Samples.question("a", "x", "x"), Samples.question("b", "y", "y"));

  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsOfficialPredictions() {
    assertEquals(
        List.of(Samples.answer("x"), Samples.answer("")),
        read(MemoryFile.json(Map.of("b", "", "a", "x"))));
    assertEquals(List.of(), skipped);
  }

  @Test
  void readsRowsOfAnyOrder() {
    assertEquals(
        List.of(Samples.answer("x", -1.25), Samples.answer("z", 3)),
        read(
            MemoryFile.rows(
                List.of(
                    Map.of("id", "b", "prediction_text", "z", "no_answer_probability", 3L),
                    Map.of("id", "a", "predicted", "x", "answer", "no", "null_odds", -1.25)))));
  }

  @Test
  void predictionsTooFewAndTooManyAreCounted() {
    assertEquals(
        List.of(Answer.MISSING, Samples.answer("y")),
        read(MemoryFile.json(Map.of("b", "y", "c", "1", "d", "2"))));
    assertEquals(
        List.of(
            "memory missing, scored 0",
            "memory for no gold question",
            "memory for no gold question"),
        skipped);
  }

  @Test
  void errors() {
    assertError(
        "memory: none of the 1 predictions has the id of a gold question; predictions are matched by id",
        MemoryFile.json(Map.of("z", "x")));
    assertError(
        "memory: is no JSON object; give predictions as {\"id\": \"text\"}, or as rows of JSON lines",
        MemoryFile.json(List.of()));
    assertError(
        "memory: a: is no text, but a JSON list", MemoryFile.json(Map.of("a", List.of("x"))));
    assertError(
        "memory:2: a second prediction for the question 'a'; give one for each",
        MemoryFile.rows(
            List.of(Map.of("id", "a", "predicted", "x"), Map.of("id", "a", "predicted", "y"))));
    assertError(
        "memory:1: 'null_odds' is no number: 'high'",
        MemoryFile.rows(List.of(Map.of("id", "a", "predicted", "x", "null_odds", "high"))));
  }

  private void assertError(String message, MemoryFile file) {
    assertEquals(message, assertThrows(DataException.class, () -> read(file)).getMessage());
  }

  private List<Answer> read(MemoryFile file) {
    return new AnswerReader()
        .read(file, GOLD, (location, reason) -> skipped.add(location + " " + reason));
  }
}
