// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The texts that come with the project: no sentence is there twice, every text to fill has a mask.
 */
class ExampleDataTest {

  private static final Path FOLDER = Path.of("../../examples/language-model");

  @Test
  void sentencesAreThereOnce() throws IOException {
    List<Document> training = read("train.txt", Purpose.TRAINING);
    List<Document> validation = read("dev.txt", Purpose.TRAINING);
    assertEquals(21, training.size());
    assertEquals(4, validation.size());
    Set<String> seen = new HashSet<>();
    for (List<Document> documents : List.of(training, validation)) {
      for (Document document : documents) {
        document.sentences().forEach(one -> assertEquals(true, seen.add(one), one));
      }
    }
    assertEquals(150, seen.size());
  }

  @Test
  void textsToFillHaveMasks() throws IOException {
    for (Document text : read("masks.txt", Purpose.PREDICTION)) {
      assertEquals(true, text.text().contains("[MASK]"), text.text());
    }
  }

  private static List<Document> read(String name, Purpose purpose) throws IOException {
    MemoryFile file =
        MemoryFile.lines(Files.readAllLines(FOLDER.resolve(name)).toArray(String[]::new));
    return new DocumentReader(Form.SENTENCES, true, false)
        .read(file, purpose, (location, reason) -> {})
        .toList();
  }
}
