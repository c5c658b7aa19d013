// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaggingReaderTest {

  private final List<Sentence> gold = Reading.tagged("Ann B-PER | sang O", "Oslo B-LOC");
  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsColumnsWithTheTagLast() {
    assertEquals(
        List.of(List.of("I-PER", "O"), List.of("B-what")),
        tags(read(MemoryFile.conll("Ann B-PER I-PER", "sang O O", "", "Oslo B-LOC B-what"))));
  }

  @Test
  void readsWordsWithTags() {
    assertEquals(
        List.of(List.of("B-LOC", "O"), List.of("O")),
        tags(
            read(
                MemoryFile.rows(
                    List.of(
                        Map.of("words", List.of("Ann", "sang"), "tags", List.of("B-LOC", "O")),
                        Map.of("words", List.of("Oslo"), "tags", List.of("O")))))));
  }

  @Test
  void numbersAreNamedAsTheGoldDatasAre() {
    Map<String, Object> first = Map.of("words", List.of("Ann", "sang"), "tags", List.of(1L, 0L));
    Map<String, Object> second = Map.of("words", List.of("Oslo"), "tags", List.of("B-else"));
    List<Tagging> predictions =
        new TaggingReader(Optional.of(new Labels(List.of("O", "B-PER"))), TagScheme.AS_READ)
            .read(MemoryFile.rows(List.of(first, second)), gold, (location, reason) -> {});
    assertEquals(List.of(List.of("B-PER", "O"), List.of("B-else")), tags(predictions));
  }

  @Test
  void readsEntitiesOfTexts() {
    Map<String, Object> right = Map.of("text", "Rick😀", "entities", List.of(List.of(0L, 4L, "X")));
    List<Sentence> texts = Reading.of(Reading.row(right), Purpose.EVALUATION).sentences();
    List<Tagging> predictions =
        new TaggingReader(Optional.empty(), TagScheme.AS_READ)
            .read(Reading.row(right), texts, (location, reason) -> {});
    assertEquals(texts.get(0).gold().orElseThrow(), predictions.get(0).predicted());
  }

  @Test
  void tagsAreRewrittenAsTheGoldDatasAre() {
    List<Tagging> predictions =
        new TaggingReader(Optional.empty(), TagScheme.IOB2)
            .read(
                MemoryFile.conll("Ann I-PER", "sang O", "", "Oslo S-LOC"),
                gold,
                (location, reason) -> {});
    assertEquals(List.of(List.of("B-PER", "O"), List.of("B-LOC")), tags(predictions));
  }

  @Test
  void whateverIsWrittenAsColumnsIsReadAgain() {
    List<List<String>> sentences =
        List.of(
            List.of("-DOCSTART-"),
            List.of("Marta", "lives"),
            List.of("", "New York", " "),
            List.of("-DOCSTART-x", "Ann"),
            List.of("-DOCSTART- ", "#", "a\nb", "\t"),
            List.of(" "));
    List<Sentence> words =
        sentences.stream()
            .map(
                sentence ->
                    Sentence.ofWords(new Location("gold", 0), Map.of(), sentence, Optional.empty()))
            .toList();
    List<List<String>> tags = new ArrayList<>();
    StringBuilder written = new StringBuilder();
    for (Sentence sentence : words) {
      List<String> own =
          IntStream.range(0, sentence.words().size()).mapToObj(i -> "B-T" + i).toList();
      tags.add(own);
      written.append(new Tagging(sentence.wordTexts(), Annotation.of(own), List.of()).conll());
    }
    List<Tagging> again =
        new TaggingReader(Optional.empty(), TagScheme.AS_READ)
            .read(
                MemoryFile.conll(written.toString().split("\n")),
                words,
                (location, reason) -> skipped.add(reason));
    assertEquals(tags, tags(again));
    assertEquals(5, skipped.size(), skipped.toString());
  }

  @Test
  void wordsMayBeSpeltDifferently() {
    assertEquals(
        List.of(List.of("O", "O"), List.of("B-LOC")),
        tags(read(MemoryFile.conll("Ann O", "sings O", "", "oslo B-LOC"))));
    assertEquals(
        List.of(
            "memory:2 words spelt differently in the gold data, taken for the same",
            "memory:4 words spelt differently in the gold data, taken for the same"),
        skipped);
  }

  @Test
  void otherNumbersOfWordsOrSentences() {
    assertProblem(
        "memory:1: 3 words in the sentence that begins with 'Ann', but 2 in the gold data's at memory:1, 'Ann'; predictions need a tag for each word of each gold sentence, in their order",
        MemoryFile.conll("Ann O", "sang O", ". O", "", "Oslo O"));
    assertProblem(
        "memory: 1 predicted sentences for 2 gold sentences; give one for each, in their order",
        MemoryFile.conll("Ann O", "sang O"));
  }

  private List<Tagging> read(DataFile file) {
    return new TaggingReader(Optional.empty(), TagScheme.AS_READ)
        .read(file, gold, (location, reason) -> skipped.add(location + " " + reason));
  }

  private static List<List<String>> tags(List<Tagging> predictions) {
    return predictions.stream().map(prediction -> prediction.predicted().tags()).toList();
  }

  private void assertProblem(String message, DataFile file) {
    assertEquals(message, assertThrows(DataException.class, () -> read(file)).getMessage());
  }
}
