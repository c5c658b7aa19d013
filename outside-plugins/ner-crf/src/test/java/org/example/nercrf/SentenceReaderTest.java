// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentenceReaderTest {

  @Test
  void readsMarkedTexts() {
    List<Sentence> sentences =
        read(
            "# a comment",
            "- >-",
            "  The [Kestrel Bridge](place) is",
            "  closed [1].",
            "- \"[Ada](person): 'no'\"");
    assertEquals("The Kestrel Bridge is closed [1].", sentences.get(0).text());
    assertEquals(Optional.of(List.of(new Entity("place", 4, 18))), sentences.get(0).entities());
    assertEquals("memory:2", sentences.get(0).location().toString());
    assertEquals("Ada: 'no'", sentences.get(1).text());
    assertEquals("memory:5", sentences.get(1).location().toString());
  }

  @Test
  void marksAreTakenOffForPrediction() {
    Sentence sentence =
        new SentenceReader(Optional.of(List.of("place")))
            .read(MemoryFile.lines("- To [Ada](person)"), Purpose.PREDICTION, (row, why) -> {})
            .findFirst()
            .orElseThrow();
    assertEquals("To Ada", sentence.text());
    assertEquals(Optional.empty(), sentence.entities());
  }

  @Test
  void typesOfAFile() {
    assertEquals(
        List.of("person", "place"),
        SentenceReader.types(MemoryFile.lines("- To [Graz](place)", "- By [Ada](person)")));
    assertEquals(
        "memory: marks no entity; mark them as in 'The way to [Graz](place)'",
        assertThrows(DataException.class, () -> SentenceReader.types(MemoryFile.lines("- To")))
            .getMessage());
  }

  @Test
  void unknownTypes() {
    assertEquals(
        "memory:2: unknown type 'river'; the task's types: person, place. Correct the mark, or add"
            + " the type to 'types'",
        error("- A text", "- The [Mur](river)"));
  }

  @Test
  void whatIsNoListOfTexts() {
    assertEquals(
        "memory:2: is no YAML: expected <block end>, but found '<scalar>'; texts with '[' at their"
            + " beginning, ': ' or ' #' stand in quotes",
        error("- A text", "- [Ada](person) is here"));
    assertEquals("memory: holds no list; give a list of texts, one '- text' each", error("A text"));
    assertEquals("memory: holds no list; give a list of texts, one '- text' each", error(""));
    assertEquals(
        "memory: '1984' is no text; give a list of texts, one '- text' each",
        error("- A text", "- 1984"));
  }

  private static List<Sentence> read(String... lines) {
    return new SentenceReader(Optional.of(List.of("person", "place")))
        .read(MemoryFile.lines(lines), Purpose.EVALUATION, (location, reason) -> {})
        .toList();
  }

  private static String error(String... lines) {
    return assertThrows(DataException.class, () -> read(lines)).getMessage();
  }
}
