// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NextSentenceReaderTest {

  private final List<String> skipped = new ArrayList<>();

  @Test
  void pairsWithLabels() {
    List<Example> examples =
        read(
            MemoryFile.rows(
                List.of(
                    Map.of("first", "A", "second", "B", "label", "is_next"),
                    Map.of("text_a", "A", "text_b", "B", "label", 1),
                    Map.of("first", "A", "second", "B", "label", ""))),
            Purpose.TRAINING);
    assertEquals(
        List.of(OptionalInt.of(0), OptionalInt.of(1)),
        examples.stream().map(example -> ((SentencePair) example).label()).toList());
    assertEquals(List.of("memory:3 no gold label"), skipped);
  }

  @Test
  void documents() {
    List<Example> examples = read(MemoryFile.lines("One.", "Two.", "", "Three."), Purpose.TRAINING);
    assertEquals(List.of("One.", "Two."), ((Document) examples.get(0)).sentences());
    assertInstanceOf(
        Document.class,
        read(MemoryFile.rows(List.of(Map.of("text", "One. Two."))), Purpose.EVALUATION).get(0));
  }

  @Test
  void predictionIsForPairs() {
    SentencePair pair =
        (SentencePair)
            read(
                    MemoryFile.rows(List.of(Map.of("sentence1", "A", "sentence2", "B"))),
                    Purpose.PREDICTION)
                .get(0);
    assertEquals("B", pair.second());
    assertEquals(OptionalInt.empty(), pair.label());
    assertEquals(
        "memory: next-sentence judges pairs of texts, and a text file has none; give csv, tsv or"
            + " jsonl rows with the columns first and second",
        assertThrows(DataException.class, () -> read(MemoryFile.lines("One."), Purpose.PREDICTION))
            .getMessage());
  }

  private List<Example> read(DataFile file, Purpose purpose) {
    return new NextSentenceReader(new DocumentReader(Form.SENTENCES, true, false))
        .read(file, purpose, (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }
}
