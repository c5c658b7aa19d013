// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnsOrTextTest {

  private static final String UNCLEAR =
      "memory: its lines may be words with their columns, or sentences; name the format: conll for a word a line, text for a sentence a line (data.format in a configuration, --format on the command line)";

  private static final Optional<Format> COLUMNS = Optional.of(Format.CONLL);

  @TempDir private Path folder;

  @Test
  void columnsHaveTagsInTheSamePlace() {
    for (List<String> lines :
        List.of(
            List.of("-DOCSTART- -X- O O", "", "Anna NNP B-NP I-PER"),
            List.of("Anna B-PER", "sings O"),
            List.of("Anna\tB-PER"),
            List.of("# http://example.org", "1\tAnna\tB-PER\tO", "2\tsings\tO\tO"),
            List.of("a B", "b I", "", "c O"),
            List.of("#FORMAT=WebAnno TSV 3.3", "", "#Text=Marta", "1-1\t0-5\tMarta\tPER\t"),
            List.of("Anna B-PER", "Olsen I-PER", "Berg I-PER"),
            List.of("Anna B-PER", "sings O", "New York O"))) {
      assertEquals(Format.CONLL, tell(lines), lines.toString());
    }
  }

  @Test
  void textHasNone() {
    for (List<String> lines :
        List.of(
            List.of("Marta lives in Bergen."),
            List.of("So do I", "Nor do I", "Shall I"),
            List.of("Ich fahre U-Bahn"),
            List.of("Bergen"),
            List.of("Yes.", "He lives in Oslo."),
            List.of(""))) {
      assertEquals(Format.TEXT, tell(lines), lines.toString());
    }
  }

  @Test
  void linesThatMayBeEitherAreAnError() {
    for (List<String> lines :
        List.of(List.of("Anna", "sings"), List.of("Anna\tNNP", "sings\tVBZ"))) {
      DataException problem = assertThrows(DataException.class, () -> tell(lines));
      assertEquals(UNCLEAR, problem.getMessage());
    }
  }

  @Test
  void noMoreLinesAreReadThanItTakes() {
    Iterator<String> lines = List.of("Marta lives in Bergen.", "not read").iterator();
    ColumnsOrText.tell(new Location("memory", 0), lines);
    assertTrue(lines.hasNext());
  }

  @Test
  void endingsOfColumnsDecideAndOthersAreLookedInto() throws IOException {
    for (String name : List.of("eng.train", "a.txt", "a.tsv", "a")) {
      assertEquals(Format.CONLL, format(name, "Anna B-PER\nsings O\n", COLUMNS), name);
      assertEquals(Format.TEXT, format(name, "Anna sings in Bergen.\n", COLUMNS), name);
    }
    assertEquals(Format.CONLL, format("a.conll", "Anna sings in Bergen.\n", COLUMNS));
    assertEquals(Format.TEXT, format("a.txt", "Anna B-PER\nsings O\n", Optional.of(Format.TEXT)));
  }

  @Test
  void whatIsGivenIsNotGuessed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Anna B-PER\nsings O\n");
    assertEquals(
        Format.TEXT,
        DataFiles.open(List.of(file), Optional.of(Format.TEXT), COLUMNS, FileSettings.DEFAULT)
            .format());
  }

  @Test
  void standardInputIsLookedIntoAndStaysWhole() {
    assertEquals(List.of("Anna B-PER", "sings O"), lines("Anna B-PER\nsings O\n", Format.CONLL));
    assertEquals(List.of("Anna sings in Oslo."), lines("Anna sings in Oslo.\n", Format.TEXT));
    assertEquals(List.of("Oslo"), lines("Oslo", Format.TEXT));
    assertEquals(Format.JSONL, input(bytes(" {\"text\": \"a\"}")).format());
  }

  @Test
  void packedStandardInputTellsNoFormat() {
    assertEquals(
        "standard input: is packed or in UTF-16, so its format is not told from it; name it: --format",
        assertThrows(DataException.class, () -> input(new byte[] {0x1F, (byte) 0x8B, 8, 0}))
            .getMessage());
  }

  private static List<String> lines(String text, Format format) {
    DataFile file = input(bytes(text));
    assertEquals(format, file.format());
    try (Stream<Line> lines = file.lines()) {
      return lines.map(Line::text).toList();
    }
  }

  private static DataFile input(byte... bytes) {
    InputStream in = new ByteArrayInputStream(bytes);
    return DataFiles.standardInput(in, Optional.empty(), COLUMNS, FileSettings.DEFAULT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Format format(String name, String text, Optional<Format> usual) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return DataFiles.open(List.of(file), Optional.empty(), usual, FileSettings.DEFAULT).format();
  }

  private static Format tell(List<String> lines) {
    return ColumnsOrText.tell(new Location("memory", 0), lines.iterator());
  }
}
