// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where cells end, and what in them means something. */
class CellsTest {

  private static final String MARKS = "\u200B\u2060\uFEFF\u00AD\u200E\u00A0\u3000";

  @TempDir private Path folder;

  /** As Python's csv and pandas write tables: quotes where they are needed. */
  @Test
  void quotesOfTsvAreReadWhereTheRowsShowThem() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      for (String name : List.of("a.tsv", "a.txt")) {
        String text =
            """
            premise\thypothesis\tlabel
            Plain.\t"Whole."\tno
            "She said ""no"".
            Then she left."\tShe refused.\tyes
            "a\ttab"\t"Whole."\tno
            5" nails\tb\tyes
            """;
        Path file = DataCase.write(folder.resolve(name), text.replace("\n", end));
        assertEquals(
            List.of(
                "Plain.|Whole.",
                "She said \"no\".\nThen she left.|She refused.",
                "a\ttab|Whole.",
                "5\" nails|b"),
            DataCase.pairs(DataCase.open(file)));
        assertEquals(
            List.of(2L, 3L, 5L, 6L),
            DataCase.read(DataCase.open(file), Purpose.PREDICTION).stream()
                .map(example -> example.location().line())
                .toList());
      }
    }
  }

  /** Excel puts cells with commas in quotes, though tabs separate them. */
  @Test
  void quotesThatAreWhereTheCommasAreAreRead() throws IOException {
    String header = "premise\thypothesis\tlabel\n";
    assertEquals(List.of("a, b|c", "d|e, f"), tsv(header + "\"a, b\"\tc\tyes\nd\t\"e, f\"\tno\n"));
    assertEquals(List.of("\"a, b\"|c", "d|e, f"), tsv(header + "\"a, b\"\tc\tyes\nd\te, f\tno\n"));
    assertEquals(
        List.of("\"a, b\"|c", "\"d\"|e"), tsv(header + "\"a, b\"\tc\tyes\n\"d\"\te\tno\n"));
  }

  /** Standard input is read once: its quotes tell from the row on that shows them. */
  @Test
  void whatIsReadOnceTellsFromARowOn() {
    String rows =
        "premise\thypothesis\tlabel\n\"a\"\tb\tyes\n\"c \"\"d\"\"\"\te\tno\n\"f\"\tg\tno\n";
    DataFile input =
        DataFiles.standardInput(
            new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
            Optional.of(DataFile.Format.TSV),
            Optional.empty(),
            FileSettings.DEFAULT);
    assertEquals(
        List.of("\"a\"", "c \"d\"", "f"),
        DataCase.read(input, Purpose.PREDICTION).stream().map(LabelledText::first).toList());
  }

  @Test
  void aHeaderInQuotesShowsThemToo() throws IOException {
    assertEquals(
        List.of("a|b c"), tsv("\"premise\"\t\"hypothesis\"\t\"label\"\n\"a\"\t\"b c\"\t\"no\"\n"));
  }

  /** MRPC has quotes at any place, and none that are doubled or around a tab. */
  @Test
  void quotesOfOtherTsvAreCharacters() throws IOException {
    String rows =
        """
        " I agree\tHe said " no ".\tyes
        Well, he said."\tb\tno
        "Whole."\t"Whole ""cell""."\tno
        """;
    assertEquals(
        List.of(
            "\" I agree|He said \" no \".",
            "Well, he said.\"|b",
            "\"Whole.\"|\"Whole \"\"cell\"\".\""),
        tsv("premise\thypothesis\tlabel\n" + rows));
    // Two rows of full length are no row together, whatever quotes they have.
    assertEquals(
        List.of("\"I agree|a", "He said.\"|b", "c \"d\" e|f"),
        tsv(
            "premise\thypothesis\tlabel\n\"I agree\ta\tyes\nHe said.\"\tb\tno\nc \"d\" e\tf\tno\n"));
  }

  /** A half of a row is never taken for a whole one. */
  @Test
  void rowsThatAreHalvesByTheirQuotesAreRefused() throws IOException {
    Path file =
        DataCase.write(
            folder.resolve("a.tsv"),
            "premise\thypothesis\tlabel\n5\" nails\tb\tno\n\"He said.\nThen he left.\"\tc\tyes\n");
    DataException e = assertThrows(DataException.class, () -> DataCase.pairs(DataCase.open(file)));
    assertEquals(
        file
            + ":3: a text in quotes seems to go on in the next line, but quotes elsewhere in this"
            + " file are ordinary characters; set data.quotes=double if they are to be read,"
            + " data.quotes=none if not",
        e.getMessage());
    assertEquals(
        List.of("5\" nails|b", "He said.\nThen he left.|c"),
        DataCase.pairs(DataCase.open(file, quotes(Quotes.DOUBLE))));
    assertEquals(
        List.of("5\" nails", "Then he left.\""),
        DataCase.read(DataCase.open(file, quotes(Quotes.NONE)), Purpose.TRAINING).stream()
            .map(LabelledText::first)
            .toList());
  }

  @Test
  void whatQuotesAreCanBeSet() throws IOException {
    Path file =
        DataCase.write(
            folder.resolve("a.tsv"),
            "premise\thypothesis\tlabel\n\"a \"\"b\"\"\"\t\"c\"\tyes\n\"d\"\te\tno\n");
    assertEquals(List.of("a \"b\"|c", "d|e"), DataCase.pairs(DataCase.open(file)));
    assertEquals(
        List.of("\"a \"\"b\"\"\"|\"c\"", "\"d\"|e"),
        DataCase.pairs(DataCase.open(file, quotes(Quotes.NONE))));
    Path plain =
        DataCase.write(folder.resolve("b.tsv"), "premise\thypothesis\tlabel\n\"a\"\t\"c\"\tyes\n");
    assertEquals(List.of("a|c"), DataCase.pairs(DataCase.open(plain, quotes(Quotes.DOUBLE))));
    assertEquals(List.of("\"a\"|\"c\""), DataCase.pairs(DataCase.open(plain)));
  }

  /** The message's advice is followed. */
  @Test
  void quotesThatDoNotMatchAreLocated() throws IOException {
    Path file =
        DataCase.write(
            folder.resolve("a.tsv"),
            "premise\thypothesis\tlabel\n\"a \"\"b\"\"\"\tc\tyes\n\"d\" e\tf\tno\n");
    DataException e = assertThrows(DataException.class, () -> DataCase.pairs(DataCase.open(file)));
    assertEquals(
        file
            + ":3: the quotes of this record do not match: a value in double quotes must end with"
            + " one, and quotes within it are doubled (\"\"). Correct it, or set data.quotes=none if"
            + " quotes are ordinary characters in this file",
        e.getMessage());
    assertEquals("\"d\" e|f", DataCase.pairs(DataCase.open(file, quotes(Quotes.NONE))).get(1));
  }

  @Test
  void csvOfSpreadsheetsHasOtherSeparators() throws IOException {
    for (String separator : List.of(",", ";", "\t", "|")) {
      String text = "premise;hypothesis;label\r\n\"a; \"\"b\"\"\";0,5;yes\r\n";
      String quoted = text.replace(";", separator).replace("0,5", "\"0,5\"");
      Path file = DataCase.write(folder.resolve("a.csv"), "\uFEFF" + quoted);
      List<String> expected = List.of("a%s \"b\"|0,5".formatted(separator));
      assertEquals(expected, DataCase.pairs(DataCase.open(file)));
      Path said = DataCase.write(folder.resolve("b.csv"), "sep=" + separator + "\r\n" + quoted);
      assertEquals(expected, DataCase.pairs(DataCase.open(said)));
      assertEquals(
          3, DataCase.read(DataCase.open(said), Purpose.PREDICTION).get(0).location().line());
    }
    Path comma =
        DataCase.write(
            folder.resolve("a.csv"), "premise,\"hypothesis;\",hypothesis,label\na;b,,c,yes\n");
    assertEquals(List.of("a;b|c"), DataCase.pairs(DataCase.open(comma)));
  }

  @Test
  void invisibleCharactersAtEdgesOfNamesAndLabelsMeanNothing() throws IOException {
    Map<String, String> forms =
        Map.of(
            "a.csv", "%1$spremise%1$s,hypothesis,label%1$s\na\u200Bb,%1$sc,%1$syes%1$s\n",
            "a.tsv", "%1$spremise%1$s\thypothesis\tlabel%1$s\na\u200Bb\t%1$sc\t%1$syes%1$s\n",
            "a.jsonl",
                "{\"premise\": \"a\u200Bb\", \"hypothesis\": \"%1$sc\", \"label\": \"%1$syes%1$s\"}\u200B\n",
            "a.json",
                "[{\"premise\": \"a\u200Bb\", \"hypothesis\": \"%1$sc\", \"label\": \"%1$syes%1$s\"}]");
    for (Map.Entry<String, String> form : forms.entrySet()) {
      for (int i = 0; i < MARKS.length(); i++) {
        Path file =
            DataCase.write(
                folder.resolve(form.getKey()), form.getValue().formatted(MARKS.charAt(i)));
        LabelledText read = DataCase.read(DataCase.open(file), Purpose.TRAINING).get(0);
        assertEquals(OptionalInt.of(1), read.label());
        // What stands in a text is the text's.
        assertEquals("a\u200Bb", read.first());
        assertEquals(MARKS.charAt(i) + "c", read.second().orElseThrow());
        assertEquals(1, DataCase.read(DataCase.open(file), Purpose.PREDICTION).size());
      }
    }
  }

  @Test
  void linesOfTagsEndBeforeMarksThatNobodySees() throws IOException {
    Path file =
        DataCase.write(
            folder.resolve("a.conll"),
            "\uFEFFMarta\tB-PER\u200B\n\uFEFFOl\u200Bsen\tI-PER\u2060\r\nx\t\n");
    try (Stream<Line> lines = DataCase.open(file).lines()) {
      assertEquals(
          List.of("Marta\tB-PER", "Ol\u200Bsen\tI-PER", "x\t"), lines.map(Line::text).toList());
    }
  }

  @Test
  void messagesShowWhatNobodySees() throws IOException {
    Path file =
        DataCase.write(folder.resolve("a.csv"), "pre\u200Bmise,hypothesis,label\na,b,yes\n");
    DataException e = assertThrows(DataException.class, () -> DataCase.pairs(DataCase.open(file)));
    assertEquals(
        file
            + ":1: no column 'premise'; the file has: pre\\u200bmise, hypothesis, label. Name it with"
            + " data.columns.premise",
        e.getMessage());
  }

  @Test
  void columnsThatNobodyReadsPassThrough() throws IOException {
    String values =
        "\"hash\": 14602317847523749122, \"score\": NaN, \"low\": -Infinity, \"none\": null,"
            + " \"evidence\": [[1, null, {\"a\": null}]], \"big\": 1e400, \"exact\":"
            + " 0.12345678901234567890";
    String row = "{\"premise\": \"a\", \"hypothesis\": \"b\", \"label\": \"yes\", " + values + "}";
    Map<String, Object> passed = new LinkedHashMap<>();
    passed.put("premise", "a");
    passed.put("hypothesis", "b");
    passed.put("label", "yes");
    passed.put("hash", new BigInteger("14602317847523749122"));
    passed.put("score", Double.NaN);
    passed.put("low", Double.NEGATIVE_INFINITY);
    passed.put("none", null);
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("a", null);
    passed.put("evidence", List.of(Arrays.asList(1L, null, inner)));
    passed.put("big", new BigDecimal("1e400"));
    passed.put("exact", new BigDecimal("0.12345678901234567890"));
    for (Map.Entry<String, String> form :
        Map.of("a.jsonl", row + "\n", "a.json", "[" + row + "]").entrySet()) {
      Path file = DataCase.write(folder.resolve(form.getKey()), form.getValue());
      assertEquals(List.of("a|b"), DataCase.pairs(DataCase.open(file)));
      LabelledText read = DataCase.read(DataCase.open(file), Purpose.PREDICTION).get(0);
      assertEquals(passed, read.columns());
      assertEquals(List.copyOf(passed.keySet()), List.copyOf(read.columns().keySet()));
    }
  }

  @Test
  void columnsThatAreAskedForAreJudged() throws IOException {
    Path file =
        DataCase.write(
            folder.resolve("a.jsonl"),
            "{\"list\": [[\"a\", null]], \"map\": {\"a\": null, \"b\": 1}, \"id\": 14602317847523749122}\n");
    DataFile data = DataCase.open(file);
    try (Stream<Row> rows = data.rows()) {
      Row row = rows.findFirst().orElseThrow();
      assertEquals(Map.of("b", 1L), row.value(Column.named("map")));
      assertEquals("14602317847523749122", row.get(Column.named("id")));
      DataException e = assertThrows(DataException.class, () -> row.value(Column.named("list")));
      assertEquals(
          file + ":1: a list in column 'list' holds a null; write a value or leave it out",
          e.getMessage());
    }
  }

  private List<String> tsv(String text) throws IOException {
    return DataCase.pairs(DataCase.open(DataCase.write(folder.resolve("a.tsv"), text)));
  }

  private static FileSettings quotes(Quotes quotes) {
    return new FileSettings(Encoding.UTF_8, quotes, List.of(), Map.of(), Map.of());
  }
}
