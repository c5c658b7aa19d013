// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {

  private static final Column TEXT = Column.named("text", "sentence", "review");

  @TempDir private Path folder;

  @Test
  void csvHasQuotesAndValuesOfSeveralLines() throws IOException {
    List<Row> rows =
        rows(
            "a.csv",
            ",text,label\r\n0,\"a, \"\"b\"\"\",x\r\n1,\"first\r\nsecond\",\r\n\r\n2,\uD83D\uDE00 ü,y");

    assertEquals(
        List.of(
            Map.of("", "0", "text", "a, \"b\"", "label", "x"),
            Map.of("", "1", "text", "first\r\nsecond", "label", ""),
            Map.of("", "2", "text", "\uD83D\uDE00 ü", "label", "y")),
        rows.stream().map(Row::columns).toList());
    assertEquals(List.of(2L, 3L, 6L), rows.stream().map(row -> row.location().line()).toList());
    assertEquals(List.of("", "text", "label"), List.copyOf(rows.get(0).columns().keySet()));
    assertEquals("", rows.get(1).get(Column.named("label")));
    assertEquals(Optional.empty(), rows.get(1).find(Column.named("label")));
    assertEquals(Optional.of("x"), rows.get(0).find(Column.named("label")));
    assertEquals(Optional.empty(), rows.get(0).find(Column.named("id")));
  }

  @Test
  void csvLinesAreCountedThroughEmptyLinesAndLongFiles() throws IOException {
    StringBuilder text = new StringBuilder("\uFEFFid,text\n");
    List<Long> expected = new ArrayList<>();
    long line = 2;
    for (int i = 0; i < 20_000; i++) {
      expected.add(line);
      if (i % 3 == 0) {
        text.append(i).append(",\"two\nlines\"\n");
        line += 2;
      } else {
        text.append(i).append(",ünë\n\n");
        line += 2;
      }
    }

    List<Row> rows = rows("a.csv", text.toString());

    assertEquals(expected, rows.stream().map(row -> row.location().line()).toList());
    assertEquals("0", rows.get(0).get(Column.named("id")));
  }

  @Test
  void anEmptyLineOfASingleColumnIsARow() throws IOException {
    assertEquals(
        List.of("a", "", "b"),
        rows("a.csv", "text\na\n\nb\n").stream().map(row -> row.get(TEXT)).toList());
  }

  @Test
  void tsvTakesQuotesAsOrdinaryCharacters() throws IOException {
    List<Row> rows =
        rows(
            "a.txt",
            "\uFEFFQuality\t#1 String\t#2 String\r\n1\tcalled \" the witness \" ,\t\" He said\r\n\r\n0\ta\r b\tc");

    assertEquals(
        List.of(
            Map.of(
                "Quality",
                "1",
                "#1 String",
                "called \" the witness \" ,",
                "#2 String",
                "\" He said"),
            Map.of("Quality", "0", "#1 String", "a\r b", "#2 String", "c")),
        rows.stream().map(Row::columns).toList());
    assertEquals(List.of(2L, 4L), rows.stream().map(row -> row.location().line()).toList());
  }

  @Test
  void tsvRowsMayLackTheirLastCells() throws IOException {
    Row row = rows("a.tsv", "gold\ttext\tlabel1\tlabel2\nx\tsome text\tx\n").get(0);

    assertEquals("some text", row.get(TEXT));
    assertEquals(Optional.empty(), row.find(Column.named("label2")));
    assertTrue(row.has(Column.named("label2")));
    assertFalse(row.has(Column.named("label3")));
    assertProblem(
        "a.tsv:2: the row ends before column 'label2': 3 of 4 cells; a tab or a line break within a"
            + " text must be replaced by a space",
        () -> row.get(Column.named("label2")));
  }

  @Test
  void jsonLinesKeepTheirTypes() throws IOException {
    List<Row> rows =
        rows(
            "a.jsonl",
            "{\"text\": \"a\\nb\", \"n\": 7, \"x\": 0.5, \"b\": true, \"none\": null, \"l\": [1, {\"k\": \"v\"}]}\r\n\n"
                + "{\"text\": \"\", \"other\": 1}\n");

    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("text", "a\nb");
    columns.put("n", 7L);
    columns.put("x", 0.5);
    columns.put("b", true);
    columns.put("none", null);
    columns.put("l", List.of(1L, Map.of("k", "v")));
    assertEquals(columns, rows.get(0).columns());
    assertEquals("7", rows.get(0).get(Column.named("n")));
    assertEquals("0.5", rows.get(0).get(Column.named("x")));
    assertEquals(7L, rows.get(0).value(Column.named("n")));
    assertEquals(Optional.empty(), rows.get(0).find(Column.named("none")));
    assertTrue(rows.get(0).has(Column.named("l"))); // which has no text to find
    assertFalse(rows.get(1).has(Column.named("l")));
    assertEquals(Optional.of(""), rows.get(1).find(TEXT));
    assertEquals(new Location(folder.resolve("a.jsonl").toString(), 3), rows.get(1).location());
    assertProblem(
        "a.jsonl:1: column 'l' holds a JSON list where a text is needed",
        () -> rows.get(0).get(Column.named("l")));
    assertProblem(
        "a.jsonl:3: no column 'n'; the row has: text, other. Name it with data.columns.n",
        () -> rows.get(1).get(Column.named("n")));
  }

  @Test
  void jsonIsReadWhole() throws IOException {
    write("a.json", "\uFEFF{\"data\": [{\"n\": 1, \"gone\": null}],\n \"v\": \"1.1\"}");
    assertEquals(Map.of("data", List.of(Map.of("n", 1L)), "v", "1.1"), open("a.json").json());
  }

  @Test
  void textIsReadByLinesEmptyOnesIncluded() throws IOException {
    write("a.conll", "\uFEFFEU\tB-ORG\r\n\r\nrejects O\n\nlast\tO");
    try (Stream<Line> lines = open("a.conll").lines()) {
      assertEquals(
          List.of("EU\tB-ORG", "", "rejects O", "", "last\tO"), lines.map(Line::text).toList());
    }
    try (Stream<Line> lines = open("a.conll").lines()) {
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), lines.map(line -> line.location().line()).toList());
    }
  }

  @Test
  void columnsAreFoundByMappingThenNameThenAlias() throws IOException {
    write("a.csv", "sentence,text,mine\n1,2,3\n");
    write("b.csv", "review,sentence\n1,2\n");
    assertEquals("2", first(open("a.csv")).get(TEXT));
    assertEquals("2", first(open("b.csv")).get(TEXT));
    FileSettings mapping =
        new FileSettings(Encoding.UTF_8, Quotes.AUTO, List.of(), Map.of("text", "mine"), Map.of());
    DataFile mapped =
        DataFiles.open(
            List.of(folder.resolve("a.csv")), Optional.empty(), Optional.empty(), mapping);
    assertEquals("3", first(mapped).get(TEXT));
    DataFile wrong =
        DataFiles.open(
            List.of(folder.resolve("b.csv")), Optional.empty(), Optional.empty(), mapping);
    assertProblem(
        "b.csv:1: no column 'mine', which data.columns.text names; the file has: review, sentence."
            + " Correct data.columns.text",
        () -> first(wrong).get(TEXT));
    assertProblem(
        "b.csv:1: no column 'mine', which data.columns.text names; the file has: review, sentence."
            + " Correct data.columns.text",
        () -> first(wrong).has(TEXT));
  }

  @Test
  void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
    write("a.csv", ",premise\n0,x\n");
    assertProblem(
        "a.csv:1: no column 'text' (also tried 'sentence', 'review'); the file has: (unnamed),"
            + " premise. Name it with data.columns.text",
        () -> first(open("a.csv")).get(TEXT));
    // Settings name the columns of gold data, not those of predictions.
    DataFile predictions =
        DataFiles.openPredictions(
            folder.resolve("a.csv"), Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
    assertProblem(
        "a.csv:1: no column 'text' (also tried 'sentence', 'review'); the file has: (unnamed),"
            + " premise. Rename the column that holds it",
        () -> first(predictions).get(TEXT));
  }

  @Test
  void malformedTablesAreLocated() {
    assertProblem("a.csv: the file is empty", () -> rows("a.csv", ""));
    assertProblem("a.tsv: the file is empty", () -> rows("a.tsv", "\uFEFF"));
    assertProblem("a.jsonl: the file is empty", () -> rows("a.jsonl", "\n\n"));
    assertProblem("a.csv:1: the file has a header, but no rows", () -> rows("a.csv", "a,b\n\n"));
    assertProblem(
        "a.csv:1: the first line is empty; it must name the columns",
        () -> rows("a.csv", "\na,b\n"));
    assertProblem(
        "a.csv:1: two columns are called 'b'; rename one of them",
        () -> rows("a.csv", "a,b,b\n1,2,3\n"));
    assertProblem(
        "a.csv:1: more than one column has no name; the header needs one for each column",
        () -> rows("a.csv", "a,,\n1,2,3\n"));
    assertProblem(
        "a.csv:3: 3 cells, but the header has 2 (a, b); correct or remove the row. A text with"
            + " commas or line breaks needs double quotes around it",
        () -> rows("a.csv", "a,b\n1,2\n1,2,3\n"));
    assertProblem(
        "a.csv:2: 1 cells, but the header has 2 (a, b); correct or remove the row. A text with"
            + " commas or line breaks needs double quotes around it",
        () -> rows("a.csv", "a,b\n1\n"));
    assertProblem(
        "a.tsv:2: 3 cells, but the header has 2 (a, b); correct or remove the row. A tab within a"
            + " text must be replaced by a space",
        () -> rows("a.tsv", "a\tb\n1\t2\t3\n"));
    String quotes =
        ": the quotes of this record do not match: a value in double quotes must end with one, and"
            + " quotes within it are doubled (\"\")";
    assertProblem("a.csv:3" + quotes, () -> rows("a.csv", "a,b\n1,2\n\"open,2\n3,4\n"));
    assertProblem("a.csv:2" + quotes, () -> rows("a.csv", "a,b\n\"x\"y,2\n"));
  }

  @Test
  void malformedJsonIsLocated() throws IOException {
    assertProblem(
        "a.jsonl:2: malformed JSON at column 7: Unexpected character ('}' (code 125)): expected a valid"
            + " value (JSON String, Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')",
        () -> rows("a.jsonl", "{}\n{\"a\": }\n"));
    assertProblem(
        "a.jsonl:1: malformed JSON at column 4: more follows after the value",
        () -> rows("a.jsonl", "{} {}\n"));
    assertProblem(
        "a.jsonl:1: malformed JSON at column 11: Duplicate field 'a'",
        () -> rows("a.jsonl", "{\"a\":1,\"a\":2}\n"));
    assertProblem(
        "a.jsonl:2: each row must be a JSON object, such as {\"text\": \"...\"}",
        () -> rows("a.jsonl", "{}\n[1]\n"));
    assertProblem(
        "a.jsonl:3: each row must be a JSON object, such as {\"text\": \"...\"}",
        () -> rows("a.jsonl", "[{},\n\n1]\n"));
    assertProblem(
        "a.json:1: a list holds a null; write a value or leave it out",
        () -> {
          write("a.json", "{\"l\": [null]}\n");
          open("a.json").json();
        });
    assertProblem(
        "a.jsonl:1: malformed JSON: arrays and objects in each other, too deep",
        () -> rows("a.jsonl", "{\"l\": " + "[".repeat(1001) + "]".repeat(1001) + "}\n"));
    assertProblem(
        "a.jsonl:2: malformed JSON: a number is too long or too large",
        () -> rows("a.jsonl", "{}\n{\"a\": 0.43e99965868783}\n"));
    String half = "a.jsonl:1: a text holds \\u%s after '%s', which is half a character";
    String remedy = " (a surrogate without the other); write the whole one or remove it";
    assertProblem(
        half.formatted("d83d", "great ") + remedy,
        () -> rows("a.jsonl", "{\"t\": [\"great \\ud83d\"]}\n"));
    assertProblem(half.formatted("de00", "") + remedy, () -> rows("a.jsonl", "{\"\\ude00\": 1}\n"));
    write("a.json", "{\"a\": 1,\n\n \"b\": tru}");
    assertProblem(
        "a.json:3: malformed JSON at column 7: Unrecognized token 'tru': was expecting (JSON"
            + " String, Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')",
        () -> open("a.json").json());
    write("b.json", "");
    assertProblem("b.json: the file is empty", () -> open("b.json").json());
  }

  @Test
  void badUtf8IsLocatedInEveryFormat() throws IOException {
    for (String name : List.of("a.csv", "a.tsv", "a.conll")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes("text\n".repeat(30_000).getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(new byte[] {'c', 'a', 'f', (byte) 0xE9, '\n'});
      Files.write(folder.resolve(name), bytes.toByteArray());
      DataFile file = open(name);
      assertProblem(
          name
              + ":30001: byte 0xE9 at offset 150003 is not UTF-8; most likely the file is in"
              + " windows-1252, in which it reads 'café': set data.encoding=windows-1252",
          () -> (file.format() == Format.CONLL ? file.lines() : file.rows()).toList());
    }
    Files.write(folder.resolve("cut.jsonl"), new byte[] {'{', '}', '\n', (byte) 0xC3});
    assertProblem(
        "cut.jsonl:2: byte 0xC3 at offset 3 is not UTF-8; most likely the file is in windows-1252,"
            + " in which it reads 'Ã': set data.encoding=windows-1252",
        () -> open("cut.jsonl").rows().toList());
    Files.write(folder.resolve("cut.json"), new byte[] {'{', '\n', '"', (byte) 0xFF});
    assertProblem(
        "cut.json:2: byte 0xFF at offset 3 is not UTF-8; most likely the file is in windows-1252,"
            + " in which it reads '\"ÿ': set data.encoding=windows-1252",
        () -> open("cut.json").json());
  }

  @Test
  void recordsWithoutEndAreRefused() throws IOException {
    String filler = "x".repeat(1000) + "\n";
    write("a.csv", "text\nok\n\"open" + filler.repeat(17_000));
    write("a.jsonl", "{}\n" + filler.strip().repeat(17_000));
    String problem =
        ": more than 16,777,216 characters in one record from here; is a closing quote or a line"
            + " end missing, or is the file of another format?";
    assertProblem("a.csv:3" + problem, () -> open("a.csv").rows().toList());
    assertProblem("a.jsonl:2" + problem, () -> open("a.jsonl").rows().toList());
  }

  @Test
  void manyRecordsMayTogetherBeLonger() throws IOException {
    String row = "x".repeat(100_000) + "\n";
    write("a.tsv", "text\n" + row.repeat(200));
    write("a.csv", "text\n" + row.repeat(200));
    for (String name : List.of("a.tsv", "a.csv")) {
      try (Stream<Row> rows = open(name).rows()) {
        assertEquals(200, rows.count());
      }
    }
  }

  @Test
  void theFormatIsToldByTheEndingUnlessGiven() throws IOException {
    Map<String, Format> endings =
        Map.of(
            "A.CSV",
            Format.CSV,
            "a.b.tsv",
            Format.TSV,
            "a.txt",
            Format.TSV,
            "a.jsonl",
            Format.JSONL,
            "a.ndjson",
            Format.JSONL,
            "a.json",
            Format.JSON,
            "a.conll",
            Format.CONLL,
            "a.iob2",
            Format.CONLL);
    for (Map.Entry<String, Format> ending : endings.entrySet()) {
      write(ending.getKey(), "x");
      assertEquals(ending.getValue(), open(ending.getKey()).format());
    }
    write("a.dat", "text\nx\n");
    DataFile given =
        DataFiles.open(
            List.of(folder.resolve("a.dat")),
            Optional.of(Format.CSV),
            Optional.empty(),
            FileSettings.DEFAULT);
    assertEquals("x", first(given).get(TEXT));
    assertProblem(
        "a.dat: the name's ending does not tell the format; known endings: .csv, .tsv, .txt,"
            + " .jsonl, .ndjson, .json, .conll, .iob, .iob2, .bio, .bio2, .bioes, .parquet. Rename the file,"
            + " or name its format (csv, tsv, jsonl, json, text, conll)",
        () -> open("a.dat"));
    assertProblem("missing.csv: no such file", () -> open("missing.csv"));
    Files.createDirectory(folder.resolve("d.csv"));
    assertProblem("d.csv: is a folder; name a file", () -> open("d.csv"));
    assertProblem(
        "a.conll: rows are needed, but the format is conll; give a csv, tsv, jsonl, json or Parquet file",
        () -> open("a.conll").rows());
  }

  @Test
  void standardInputIsReadOnce() {
    ByteArrayInputStream input =
        new ByteArrayInputStream("text\na\nb\n".getBytes(StandardCharsets.UTF_8));
    DataFile file =
        DataFiles.standardInput(
            input, Optional.of(Format.CSV), Optional.empty(), FileSettings.DEFAULT);
    assertFalse(file.canBeReread());
    try (Stream<Row> rows = file.rows()) {
      List<Row> all = rows.toList();
      assertEquals(List.of("a", "b"), all.stream().map(row -> row.get(TEXT)).toList());
      assertEquals("standard input:3", all.get(1).location().toString());
    }
    assertThrows(IllegalStateException.class, file::rows);
  }

  @Test
  void filesAreStreamedAndClosed() throws IOException {
    write("a.csv", "text\n" + "x\n".repeat(100_000) + "\"open");
    try (Stream<Row> rows = open("a.csv").rows()) {
      assertEquals(10, rows.limit(10).count());
    }
    int[] values = IntStream.range(0, 2000).toArray();
    for (int ignored : values) {
      try (Stream<Row> rows = open("a.csv").rows()) {
        assertEquals("x", rows.findFirst().orElseThrow().get(TEXT));
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private DataFile open(String name) {
    return DataFiles.open(
        List.of(folder.resolve(name)), Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
  }

  private List<Row> rows(String name, String text) throws IOException {
    write(name, text);
    try (Stream<Row> rows = open(name).rows()) {
      return rows.toList();
    }
  }

  private static Row first(DataFile file) {
    try (Stream<Row> rows = file.rows()) {
      return rows.findFirst().orElseThrow();
    }
  }

  private void assertProblem(
      String expected, org.junit.jupiter.api.function.Executable executable) {
    DataException e = assertThrows(DataException.class, executable);
    assertEquals(expected, e.getMessage().replace(folder + "/", ""));
  }
}
