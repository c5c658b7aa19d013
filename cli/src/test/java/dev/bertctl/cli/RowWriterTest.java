// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowWriterTest {

  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();

  @Test
  void tablesHaveAColumnForEachKeyOfAMap() {
    write(
        "out.csv",
        row("text", "a, \"b\"", "label", "yes", "probabilities", row("no", 0.25, "yes", 0.75)));
    assertEquals(
        "text,label,probabilities.no,probabilities.yes\n\"a, \"\"b\"\"\",yes,0.25,0.75\n",
        out.toString());
  }

  @Test
  void tabsSeparateInTsvAndQuotesAreOrdinary() {
    write("out.TSV", row("text", "a \"b\"", "parts", List.of(1, 2), "map", row("x", row("y", 1))));
    assertEquals("text\tparts\tmap.x\na \"b\"\t[1,2]\t{\"y\":1}\n", out.toString());
  }

  @Test
  void rowsAreWrittenByTheHeadersNames() {
    write(
        "out.csv",
        row("id", 1, "text", "a", "label", "yes"),
        row("label", "no", "text", "b", "id", 2),
        row("text", "c", "label", "no"));
    assertEquals("id,text,label\n1,a,yes\n2,b,no\n\"\",c,no\n", out.toString());
  }

  @Test
  void aTableHasTheColumnsOfAllRows() {
    write(
        "out.csv",
        row("text", "a", "label", "yes"),
        row("text", "b", "note", "late", "label", "no"));
    assertEquals("text,label,note\na,yes,\nb,no,late\n", out.toString());
  }

  /** What the input has in columns that nobody reads stays as it is. */
  @Test
  void whatPassesThroughIsNotChanged() {
    Map<String, Object> row = row("hash", new BigInteger("14602317847523749122"));
    row.put("none", null);
    row.put("score", Double.NaN);
    row.put("low", Double.NEGATIVE_INFINITY);
    row.put("big", new BigDecimal("1E+400"));
    row.put("list", Arrays.asList(1L, null));
    write("out.jsonl", row);
    assertEquals(
        "{\"hash\":14602317847523749122,\"none\":null,\"score\":NaN,\"low\":-Infinity,\"big\":1E+400,\"list\":[1,null]}\n",
        out.toString());
    out.getBuffer().setLength(0);
    write("out.tsv", row);
    assertEquals(
        "hash\tnone\tscore\tlow\tbig\tlist\n14602317847523749122\t\tNaN\t-Infinity\t1E+400\t[1,null]\n",
        out.toString());
  }

  @Test
  void tsvRefusesWhatItCannotHold() {
    for (String text : List.of("a\tb", "a\nb")) {
      UserException failure =
          assertThrows(UserException.class, () -> write("out.tsv", row("id", 1, "text", text)));
      assertEquals(
          "row 1 of the output has a tab or a line break in column 'text', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl",
          failure.getMessage());
    }
  }

  @Test
  void jsonLinesTakeEveryRowAsItIs() {
    write("out.jsonl", row("text", "a"), row("note", "late", "text", "b"));
    assertEquals("{\"text\":\"a\"}\n{\"note\":\"late\",\"text\":\"b\"}\n", out.toString());
  }

  @Test
  void tablesAreKeptInATemporaryFileUntilTheEnd() throws IOException {
    for (String name : List.of("out.csv", "out.tsv")) {
      RowWriter writer = RowWriter.of(Path.of(name), out, temporary);
      writer.write(row("text", "Zürich 😀"));
      assertEquals("", out.toString());
      writer.close();

      assertEquals("text\nZürich 😀\n", out.toString());
      assertEquals(List.of(), filesIn(temporary));
      out.getBuffer().setLength(0);
    }
  }

  @Test
  void manyRowsComeOutAsTheyWentIn() {
    int rows = 5_000;
    try (RowWriter writer = RowWriter.of(Path.of("out.csv"), out, temporary)) {
      for (int i = 0; i < rows; i++) {
        writer.write(row("id", i, "text", "line " + i + "\nof two"));
      }
    }
    StringBuilder expected = new StringBuilder("id,text\n");
    for (int i = 0; i < rows; i++) {
      expected.append("%d,\"line %d\nof two\"\n".formatted(i, i));
    }
    assertEquals(expected.toString(), out.toString());
  }

  @Test
  void nothingIsLeftWhereWritingFails() throws IOException {
    assertThrows(UserException.class, () -> write("out.tsv", row("text", "a\tb")));
    assertEquals(List.of(), filesIn(temporary));

    RowWriter writer = RowWriter.of(Path.of("out.csv"), new FullDisk(), temporary);
    writer.write(row("text", "a"));
    UserException failure = assertThrows(UserException.class, writer::close);
    assertEquals(
        "the output cannot be written: java.io.IOException: No space left on device",
        failure.getMessage());
    assertEquals(List.of(), filesIn(temporary));
  }

  @Test
  void withoutAFolderForTemporaryFilesTablesCannotBeWritten() {
    Path missing = temporary.resolve("missing");
    UserException failure =
        assertThrows(
            UserException.class, () -> RowWriter.of(Path.of("out.csv"), out, missing).close());
    assertTrue(
        failure.getMessage().startsWith("the output cannot be written: "), failure::getMessage);
  }

  @Test
  void aFileIsClosedAndStandardOutputIsNot() {
    Counting file = new Counting();
    RowWriter.of(Path.of("out.jsonl"), file, temporary).close();
    assertEquals(1, file.closed);
    Counting table = new Counting();
    RowWriter.of(Path.of("out.csv"), table, temporary).close();
    assertTrue(table.closed > 0);

    Counting standardOutput = new Counting();
    RowWriter.jsonLines(standardOutput).close();
    assertEquals(0, standardOutput.closed);
  }

  @Test
  void standardOutputShowsEachRowAtOnce() {
    Counting standardOutput = new Counting();
    RowWriter writer = RowWriter.jsonLines(standardOutput);
    writer.write(row("id", 1));
    assertEquals(1, standardOutput.flushed);
    writer.write(row("id", 2));
    assertEquals(2, standardOutput.flushed);
  }

  private static final class Counting extends StringWriter {
    private int flushed;
    private int closed;

    @Override
    public void flush() {
      flushed++;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @SafeVarargs
  private void write(String file, Map<String, Object>... rows) {
    try (RowWriter writer = RowWriter.of(Path.of(file), out, temporary)) {
      for (Map<String, Object> row : rows) {
        writer.write(row);
      }
    }
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
