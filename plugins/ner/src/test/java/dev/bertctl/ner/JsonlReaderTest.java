// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonlReaderTest {

  @Test
  void wordsWithTags() {
    Map<String, Object> row =
        Map.of("id", 7L, "tokens", List.of("Anna", "sings"), "ner_tags", List.of("B-PER", "O"));
    Sentence sentence = labelled(row).only();
    assertEquals(List.of("Anna", "sings"), sentence.wordTexts());
    assertEquals(List.of("B-PER", "O"), sentence.gold().orElseThrow().tags());
    assertEquals(row, sentence.columns());
  }

  @Test
  void tagsMayBeNumbersOfDeclaredLabels() {
    Map<String, Object> row = Map.of("words", List.of("Anna", "sings"), "tags", List.of(2L, 0L));
    assertEquals(
        List.of(List.of("B-PER", "O")),
        Reading.of(Reading.row(row), Purpose.EVALUATION, "labels", Options.LABELS).tags());
    assertProblem(
        "memory:1: the tag 2 is a number without a name; list the names of all tags, in the order of their numbers, in 'labels'",
        row);
  }

  @Test
  void textWithEntities() {
    Sentence sentence =
        labelled(
                text(
                    "Mr. Poe of Baltimore",
                    Map.of("start", 4L, "end", 7L, "type", "PER"),
                    List.of(11L, 20L, "LOC")))
            .only();
    assertEquals(List.of("Mr", ".", "Poe", "of", "Baltimore"), sentence.wordTexts());
    assertEquals(List.of("O", "O", "B-PER", "O", "B-LOC"), sentence.gold().orElseThrow().tags());
  }

  @Test
  void entitiesAreReadAsDoccanoWritesThem() {
    Map<String, Object> entity =
        Map.of("id", 1L, "label", "PER", "start_offset", 0L, "end_offset", 3L);
    assertEquals(List.of(List.of("B-PER", "O")), labelled(text("Ann sang", entity)).tags());
  }

  @Test
  void placesCountUnicodeCharacters() {
    Sentence sentence =
        labelled(text("😀😀 Zoë 𝄞 東京", List.of(3L, 6L, "PER"), List.of(9L, 11L, "LOC"))).only();
    assertEquals(List.of("😀😀", "Zoë", "𝄞", "東", "京"), sentence.wordTexts());
    assertEquals(
        List.of("O", "B-PER", "O", "B-LOC", "I-LOC"), sentence.gold().orElseThrow().tags());
  }

  @Test
  void entitiesAreTaggedInTheGivenScheme() {
    assertEquals(
        List.of(List.of("B-LOC", "E-LOC")),
        Reading.of(
                Reading.row(text("New York", List.of(0L, 8L, "LOC"))),
                Purpose.EVALUATION,
                "scheme",
                "bioes")
            .tags());
  }

  @Test
  void spaceAtTheEndsOfEntitiesDoesNotMatter() {
    assertEquals(
        List.of(List.of("O", "B-LOC", "O")),
        labelled(text("in Oslo .", List.of(2L, 8L, "LOC"))).tags());
  }

  @Test
  void entitiesWithinWordsAreKeptAndForTrainingCounted() {
    Map<String, Object> row =
        text("Rick😀 left Oslo", List.of(0L, 4L, "PER"), List.of(11L, 15L, "LOC"));
    Reading reading = labelled(row);
    assertEquals(List.of(List.of("O", "O", "B-LOC")), reading.tags());
    assertEquals(List.of(new Span("PER", 0, 4)), reading.only().gold().orElseThrow().loose());
    assertEquals(List.of(), reading.skipped());
    assertEquals(
        List.of("memory:1 entities that begin or end within a word"),
        Reading.of(Reading.row(row), Purpose.TRAINING).skipped());
  }

  @Test
  void sentencesWithoutWordsAreLeftOutAndCountedUnlessTheyArePredicted() {
    Map<String, Object> row = text(" ");
    assertEquals(List.of(), labelled(row).sentences());
    assertEquals(List.of("memory:1 no words"), labelled(row).skipped());
    assertEquals(1, Reading.of(Reading.row(row), Purpose.PREDICTION).sentences().size());
  }

  @Test
  void wordsWithTagsAreReadRatherThanTheText() {
    Map<String, Object> row = new LinkedHashMap<>(text("Anna's", List.of(0L, 4L, "PER")));
    row.put("words", List.of("Anna's"));
    assertEquals(List.of(List.of("Anna", "'", "s")), labelled(row).words());
    row.put("tags", List.of("B-PER"));
    assertEquals(List.of(List.of("Anna's")), labelled(row).words());
  }

  @Test
  void documentsAreLookedAtOnlyWhereTheyMatter() {
    Map<String, Object> row = new LinkedHashMap<>(text("Ann"));
    row.put("document", Map.of("page", 7L));
    assertEquals(
        row.keySet(), Reading.of(Reading.row(row), Purpose.PREDICTION).only().columns().keySet());
    assertEquals(
        "memory:1: column 'document' holds a JSON object where a text is needed",
        assertThrows(
                DataException.class,
                () -> Reading.of(Reading.row(row), Purpose.PREDICTION, "document-context", "true"))
            .getMessage());
  }

  @Test
  void rowsOfTheWrongForm() {
    Map<String, Object> empty = new LinkedHashMap<>();
    empty.put("id", 1L);
    empty.put("sentence", "x");
    assertProblem(
        "memory:1: a row needs 'words' (with 'tags') or 'text' (with 'entities'), but has only: id, sentence. Correct the row, or map the columns with data.columns",
        empty);
    assertProblem(
        "memory:1: 'words' is not a JSON list of texts", Map.of("words", "a b", "tags", List.of()));
    assertProblem(
        "memory:1: 'words' holds 5, which is not a text; put it in double quotes",
        Map.of("words", List.of(5L), "tags", List.of("O")));
    assertProblem(
        "memory:1: 2 words, but 1 tags; give each word one tag",
        Map.of("words", List.of("a", "b"), "tags", List.of("O")));
  }

  @Test
  void entitiesOfTheWrongForm() {
    assertProblem(
        "memory:1: 'entities' is not a JSON list; use [] where there is no entity",
        Map.of("text", "Anna", "entities", "PER"));
    String form =
        "memory:1: an entity must be {\"start\": 0, \"end\": 4, \"type\": \"PER\"} or [0, 4, \"PER\"], not ";
    assertProblem(form + "[0, 4]", text("Anna", List.of(0L, 4L)));
    assertProblem(form + "{start=0}", text("Anna", Map.of("start", 0L)));
    assertProblem(
        "memory:1: 'PER' is a label of the whole text, as doccano and others export the classification of texts; entities need their places, such as [0, 4, \"PER\"]",
        text("Anna", "PER"));
    assertProblem(
        "memory:1: an entity from 0 to 5 in a text of 4 characters; 0 <= start < end <= 4 must hold",
        text("Ann😀", List.of(0L, 5L, "PER")));
    assertProblem(
        "memory:1: the entities 'Anna' (PER) and 'na M' (ORG) overlap, but a word has only one tag; leave one of them out",
        text("Anna Maria", List.of(2L, 6L, "ORG"), List.of(0L, 4L, "PER")));
    assertProblem(
        "memory:1: the entity 'Anna' is not at its place: there is 'nna' (PER); places count Unicode characters (code points) from 0, and 'end' is one past the last",
        text("😀 Anna", Map.of("start", 3L, "end", 6L, "type", "PER", "text", "Anna")));
  }

  private static Map<String, Object> text(String text, Object... entities) {
    return Map.of("text", text, "entities", List.of(entities));
  }

  private static Reading labelled(Map<String, Object> row) {
    return Reading.of(Reading.row(row), Purpose.EVALUATION);
  }

  private static void assertProblem(String message, Map<String, Object> row) {
    assertEquals(message, assertThrows(DataException.class, () -> labelled(row)).getMessage());
  }
}
