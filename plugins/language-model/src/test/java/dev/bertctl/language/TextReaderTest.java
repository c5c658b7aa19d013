// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReaderTest {

  @Test
  void lines() {
    MemoryFile file = MemoryFile.lines("One.", "", "Two.");
    assertEquals(
        List.of(List.of("One."), List.of("Two.")), texts(new TextReader(true, false), file));
    assertEquals(
        List.of(List.of("One."), List.of(""), List.of("Two.")),
        texts(new TextReader(false, true), file));
  }

  @Test
  void rowsMayHaveAPair() {
    MemoryFile file =
        MemoryFile.rows(
            List.of(
                Map.of("text", "One."), Map.of("sentence1", "One.", "sentence2", "Two.", "id", 7)));
    assertEquals(
        List.of(List.of("One."), List.of("One.", "Two.")),
        texts(new TextReader(true, false), file));
    assertEquals(
        List.of(List.of("One."), List.of("One.")), texts(new TextReader(false, true), file));
  }

  private static List<List<String>> texts(TextReader reader, DataFile file) {
    return reader
        .read(file, Purpose.PREDICTION, (location, reason) -> {})
        .map(Text::texts)
        .toList();
  }
}
