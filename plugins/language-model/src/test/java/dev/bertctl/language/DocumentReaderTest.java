// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

  private final List<String> skipped = new ArrayList<>();

  @Test
  void blankLinesSeparateDocuments() {
    List<Document> documents =
        read(Form.SENTENCES, MemoryFile.lines("", "Hello.", " You. ", "", " ", "Bye."));
    assertEquals(
        List.of(List.of("Hello.", "You."), List.of("Bye.")),
        documents.stream().map(Document::sentences).toList());
    assertEquals(2, documents.get(0).location().line());
    assertEquals(6, documents.get(1).location().line());
    assertEquals("Hello. You.", documents.get(0).text());
  }

  @Test
  void longDocumentsAreReadInParts() {
    List<Document> documents =
        read(
            Form.SENTENCES,
            MemoryFile.lines(Collections.nCopies(2_500, "Go.").toArray(String[]::new)));
    assertEquals(
        List.of(1_000, 1_000, 500), documents.stream().map(one -> one.sentences().size()).toList());
    assertEquals(1_001, documents.get(1).location().line());
  }

  @Test
  void readsLazily() {
    AtomicInteger lines = new AtomicInteger();
    DocumentLines documents =
        new DocumentLines(
            Stream.generate(() -> new Line(new Location("endless", lines.incrementAndGet()), "Go."))
                .iterator(),
            Purpose.TRAINING);
    assertEquals(1_000, documents.next().sentences().size());
    assertEquals(1_000, lines.get());
  }

  @Test
  void paragraphsOfWikiText() {
    MemoryFile file =
        MemoryFile.lines(
            " ",
            " = Robert = ",
            " Robert acts . He sings , too . ",
            " = = Life = = ",
            " He was born in 1.5 days . ");
    assertEquals(
        List.of(List.of("Robert acts .", "He sings , too ."), List.of("He was born in 1.5 days .")),
        read(Form.WIKITEXT, file).stream().map(Document::sentences).toList());
    DocumentReader pairs = new DocumentReader(Form.WIKITEXT, true, false);
    assertEquals(1, read(pairs, file, Purpose.TRAINING).size());
    assertEquals(List.of("memory:5 paragraph of one sentence"), skipped);
  }

  /** What the book's own code makes of these lines: golden/d2l/texts.json of core. */
  @Test
  void paragraphsOfTheBook() {
    MemoryFile file =
        MemoryFile.lines(
            "The ferry leaves . It carries bread . The dogs sleep .",
            " The ferry leaves . It carries bread . ",
            "The ferry leaves .",
            "The ferry leaves . ",
            " = Heading = ",
            "",
            "One.Two . Three",
            "A . . B",
            " . A");
    assertEquals(
        List.of(
            List.of("The ferry leaves", "It carries bread", "The dogs sleep ."),
            List.of("The ferry leaves", "It carries bread ."),
            List.of("The ferry leaves ."),
            List.of("One.Two", "Three"),
            List.of("A", ". B"),
            List.of(". A")),
        read(Form.D2L, file).stream().map(Document::sentences).toList());
    assertEquals(List.of(), skipped);
  }

  @Test
  void rows() {
    List<Document> documents =
        read(
            Form.SENTENCES,
            MemoryFile.rows(
                List.of(
                    Map.of("text", "It rained. We stayed in!"),
                    Map.of("text", "It rained. A lot.\n\nWe stayed in."),
                    Map.of("sentences", List.of("One. Two.", "Three.")),
                    Map.of("words", List.of("北京", "大学")),
                    Map.of("words", List.of(List.of("北京", "大学"), List.of("好"))),
                    Map.of("text", " "))));
    assertEquals(
        List.of(
            List.of("It rained.", "We stayed in!"),
            List.of("It rained. A lot.", "We stayed in."),
            List.of("One. Two.", "Three."),
            List.of("北京 大学"),
            List.of("北京 大学", "好")),
        documents.stream().map(Document::sentences).toList());
    assertEquals(List.of("memory:6 empty text"), skipped);
  }

  @Test
  void sentencesMustBeAList() {
    assertEquals(
        "memory:1: 'sentences' is not a JSON list of texts; write [\"...\", \"...\"], or give the"
            + " column 'text'",
        assertThrows(
                DataException.class,
                () -> read(Form.SENTENCES, MemoryFile.rows(List.of(Map.of("sentences", "One.")))))
            .getMessage());
  }

  @Test
  void eachLineIsATextForPrediction() {
    MemoryFile file = MemoryFile.lines("Paris is [MASK].", "", "= It =");
    List<Document> documents =
        read(new DocumentReader(Form.WIKITEXT, true, true), file, Purpose.PREDICTION);
    assertEquals(
        List.of(List.of("Paris is [MASK]."), List.of("= It =")),
        documents.stream().map(Document::sentences).toList());
    assertEquals(Map.of("text", "Paris is [MASK]."), documents.get(0).columns());
  }

  @Test
  void wholeWordsOfChineseNeedAColumn() {
    DocumentReader reader = new DocumentReader(Form.SENTENCES, false, true);
    assertEquals(
        "memory:1: whole-word-masking needs the words of Chinese text, such as '北'; give jsonl rows"
            + " with a column 'words', a list of words for each sentence, or set whole-word-masking"
            + " to false",
        assertThrows(
                DataException.class,
                () -> read(reader, MemoryFile.lines("In 北京."), Purpose.TRAINING))
            .getMessage());
    assertEquals(
        1,
        read(
                reader,
                MemoryFile.rows(List.of(Map.of("words", List.of("北京", "大学")))),
                Purpose.TRAINING)
            .size());
  }

  private List<Document> read(Form form, DataFile file) {
    return read(new DocumentReader(form, false, false), file, Purpose.TRAINING);
  }

  private List<Document> read(DocumentReader reader, DataFile file, Purpose purpose) {
    return reader
        .read(file, purpose, (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }
}
