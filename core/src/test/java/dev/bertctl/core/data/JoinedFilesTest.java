// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.config.ToyPlugin;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedFilesTest {

  @TempDir private Path folder;

  /** Each has its own header, format and packing. */
  @Test
  void rowsOfSeveralFilesFollowEachOtherAndKeepTheirPlaces() throws IOException {
    write("a.csv", "premise,hypothesis,label\na,b,yes\n");
    write("b.tsv", "label\tpremise\thypothesis\nno\tc\td\nyes\te\tf\n");
    try (OutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("part-1.jsonl.gz")))) {
      gz.write(
          "{\"premise\": \"g\", \"hypothesis\": \"h\", \"label\": \"no\"}\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    Splits splits = new Splits(config("train: [a.csv, 'part-*.jsonl.gz', b.tsv]"));
    List<String> read = new ArrayList<>();
    SplitCounts counts;
    try (SplitReading<LabelledText> reading =
        splits.split(SplitName.TRAIN, DataCase.PAIRS, Purpose.EVALUATION).open()) {
      reading.forEachRemaining(
          pair ->
              read.add(
                  "%s %s:%d %s"
                      .formatted(
                          pair.first(),
                          folder.relativize(Path.of(pair.location().file())),
                          pair.location().line(),
                          pair.label())));
      counts = reading.counts();
    }
    assertEquals(
        List.of(
            "a a.csv:2 OptionalInt[1]",
            "g part-1.jsonl.gz:1 OptionalInt[0]",
            "c b.tsv:2 OptionalInt[0]",
            "e b.tsv:3 OptionalInt[1]"),
        read);
    assertEquals(4, counts.rows());
    assertEquals(
        folder.resolve("a.csv") + " and 2 more files",
        splits.open(SplitName.TRAIN).location().toString());
  }

  @Test
  void aLimitIsOfTheWholeSplit() throws IOException {
    write("a.csv", "premise,hypothesis,label\na,b,yes\nc,d,no\n");
    write("b.csv", "premise,hypothesis,label\ne,f,yes\ng,h,no\n");
    Splits splits = new Splits(config("train: '*.csv', limit: {train: 3}"));
    try (SplitReading<LabelledText> reading =
        splits.split(SplitName.TRAIN, DataCase.PAIRS, Purpose.TRAINING).open()) {
      List<String> first = new ArrayList<>();
      reading.forEachRemaining(pair -> first.add(pair.first()));
      assertEquals(List.of("a", "c", "e"), first);
      assertEquals(OptionalInt.of(3), reading.counts().limit());
    }
  }

  /** Prediction goes on behind a bad row, in whichever file it is. */
  @Test
  void badRowsArePassedOverInEachFile() throws IOException {
    Path a = write("a.csv", "premise,hypothesis,label\na\nc,d,no\n");
    Path b = write("b.jsonl", "{\"premise\": \"e\", \"hypothesis\": \"f\"}\n{\"premise\n");
    List<String> bad = new ArrayList<>();
    List<String> read =
        new Split<>("input", open(a, b), DataCase.PAIRS, Purpose.PREDICTION, Selection.ALL)
                .passingOver(row -> bad.add(row.location() + " " + row.row()))
                .readAll(new Skips())
                .stream()
                .map(LabelledText::first)
                .toList();
    assertEquals(List.of("c", "e"), read);
    assertEquals(List.of(a + ":2 [a]", b + ":2 {\"premise"), bad);
  }

  /** A sentence, or a document, does not go on in the next file. */
  @Test
  void anEmptyLineStandsBetweenFilesOfColumnsAndOfDocuments() throws IOException {
    Path a = write("a.conll", "Oslo B-LOC\n");
    Path b = write("b.conll", "lies O\n");
    assertEquals(List.of("1 Oslo B-LOC", "2 ", "1 lies O"), lines(open(a, b)));

    write("a.txt", "One.\n");
    write("b.txt", "Two.\n");
    Splits splits = new Splits(config("train: [a.txt, b.txt], format: {train: text}"));
    assertEquals(List.of("1 One.", "2 ", "1 Two."), lines(splits.open(SplitName.TRAIN)));
    DataFile input =
        DataFiles.open(
            List.of(folder.resolve("a.txt"), folder.resolve("b.txt")),
            Optional.of(Format.TEXT),
            Optional.empty(),
            FileSettings.DEFAULT);
    assertEquals(List.of("1 One.", "1 Two."), lines(input), "a prediction a line");
  }

  @Test
  void aFileThatIsEmptyIsAnErrorThatNamesIt() throws IOException {
    Path a = write("a.csv", "premise,hypothesis\na,b\n");
    Path b = write("b.csv", "");
    DataException e =
        assertThrows(
            DataException.class,
            () -> {
              try (Stream<Row> rows = open(a, b).rows()) {
                rows.toList();
              }
            });
    assertEquals(b + ": the file is empty", e.getMessage());
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws IOException {
    Path a = write("a.csv", "premise,hypothesis\na,b\n");
    Path b = write("b.conll", "a O\n");
    Path c = write("c.json", "{\"data\": []}");
    assertEquals(
        b
            + ": is read as conll, and "
            + a
            + " as csv; files that are read together all have rows (csv, tsv, jsonl), or are of one"
            + " format",
        assertThrows(DataException.class, () -> open(a, b)).getMessage());
    assertEquals(
        c
            + ": is one JSON document, which is not read together with other files; name it alone,"
            + " or give rows (csv, tsv, jsonl)",
        assertThrows(DataException.class, () -> open(a, c)).getMessage());
  }

  @Test
  void aPatternThatNothingMatchesIsLocatedInTheConfiguration() throws IOException {
    Splits splits = new Splits(config("train: 'part-*.csv'"));
    ConfigException e = assertThrows(ConfigException.class, () -> splits.open(SplitName.TRAIN));
    assertEquals(
        folder.resolve("app.yaml")
            + ":3: data.train: no file matches this pattern: "
            + folder.resolve("part-*.csv"),
        e.getMessage());
  }

  private static List<String> lines(DataFile file) {
    try (Stream<Line> lines = file.lines()) {
      return lines.map(line -> line.location().line() + " " + line.text()).toList();
    }
  }

  private static DataFile open(Path... files) {
    return DataFiles.open(List.of(files), Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
  }

  private TaskConfig<?> config(String data) throws IOException {
    Path yaml = write("app.yaml", "model: m\nwindow: {stride: 1}\ndata: {" + data + "}\n");
    return AppConfig.load(yaml, new ToyPlugin(), List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
