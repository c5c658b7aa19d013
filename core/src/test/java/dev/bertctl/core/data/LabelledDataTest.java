// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of texts read from real files: for prediction, and with another task's labels. */
class LabelledDataTest {

  private static final LabelledTextReader READER =
      LabelledTextReader.pairs(
          Column.named("premise", "sentence1"),
          Column.named("hypothesis"),
          Column.named("label"),
          new Labels(List.of("no", "yes")));

  @TempDir private Path folder;

  @Test
  void predictionKeepsRowsWithEmptyTexts() throws IOException {
    List<String> expected = List.of("a|b", "|b", "a|", "|", "c|d");
    assertEquals(expected, texts(write("a.csv", "premise,hypothesis\na,b\n,b\na,\n,\n\nc,d\n")));
    assertEquals(
        expected, texts(write("a.tsv", "premise\thypothesis\na\tb\n\tb\na\t\n\t\n\nc\td\n")));
    assertEquals(
        expected,
        texts(
            write(
                "a.jsonl",
                """
                {"premise": "a", "hypothesis": "b"}
                {"premise": "", "hypothesis": "b"}
                {"premise": "a", "hypothesis": ""}
                {"premise": "", "hypothesis": ""}

                {"premise": "c", "hypothesis": "d"}
                """)));
  }

  @Test
  void predictionNeedsTheTextsColumnsInEveryRow() throws IOException {
    Path missing =
        write("a.jsonl", "{\"premise\": \"a\", \"hypothesis\": \"b\"}\n{\"premise\": \"a\"}\n");
    assertEquals(
        missing
            + ":2: no column 'hypothesis'; the row has: premise. Name it with data.columns.hypothesis",
        refused(missing, Purpose.PREDICTION));
    Path cut = write("a.tsv", "premise\thypothesis\na\n");
    assertEquals(
        cut
            + ":2: the row ends before column 'hypothesis': 1 of 2 cells; a tab or a line break within a text must be replaced by a space",
        refused(cut, Purpose.PREDICTION));
    Path table = write("a.csv", "premise,hypothesis\na,b\na\n");
    assertEquals(
        table
            + ":3: 1 cells, but the header has 2 (premise, hypothesis); correct or remove the row. A text with commas or line breaks needs double quotes around it",
        refused(table, Purpose.PREDICTION));
  }

  /** The second and third row are two halves of one. */
  @Test
  void rowsInTwoHalvesTeachNothing() throws IOException {
    Path halves =
        write("a.tsv", "id\tpremise\thypothesis\tlabel\n1\ta\tb\t1\n2\tc\nd\te\t0\n3\tf\tg\tno\n");
    for (Purpose purpose : List.of(Purpose.TRAINING, Purpose.EVALUATION)) {
      Skips skips = new Skips();
      List<LabelledText> examples =
          split(
                  DataFiles.open(
                      List.of(halves), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
                  purpose)
              .readAll(skips);
      assertEquals(List.of("a", "f"), examples.stream().map(LabelledText::first).toList());
      assertEquals(
          List.of(new SplitCounts.Skip("row cut off", 2, new Location(halves.toString(), 3))),
          skips.list());
    }
    assertEquals(
        halves
            + ":3: the row ends before column 'hypothesis': 2 of 4 cells; a tab or a line break within a text must be replaced by a space",
        refused(halves, Purpose.PREDICTION));
  }

  @Test
  void nullsAreNoValues() throws IOException {
    Path file =
        write(
            "a.jsonl",
            """
            {"premise": "a", "hypothesis": "b", "label": null}
            {"premise": "a", "hypothesis": null, "label": "no"}
            {"premise": "a", "hypothesis": "b", "label": "no"}
            """);
    Skips skips = new Skips();
    List<LabelledText> examples =
        split(
                DataFiles.open(
                    List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
                Purpose.TRAINING)
            .readAll(skips);
    assertEquals(1, examples.size());
    assertEquals(
        List.of(
            new SplitCounts.Skip("no gold label", 1, new Location(file.toString(), 1)),
            new SplitCounts.Skip("empty text", 1, new Location(file.toString(), 2))),
        skips.list());
    // For prediction a null is what an empty cell is: an empty text.
    assertEquals(
        List.of("b", "", "b"),
        read(
                DataFiles.open(
                    List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
                Purpose.PREDICTION)
            .stream()
            .map(example -> example.second().orElseThrow())
            .toList());
    Path absent = write("b.jsonl", "{\"premise\": \"a\", \"hypothesis\": \"b\"}\n");
    assertEquals(
        absent
            + ":1: no column 'label'; the row has: premise, hypothesis. Name it with data.columns.label",
        refused(absent, Purpose.TRAINING));
  }

  @Test
  void aColumnThatNoRowHasIsMissing() throws IOException {
    Path unlabelled = write("a.tsv", "premise\thypothesis\na\tb\n");
    assertEquals(
        unlabelled
            + ":1: no column 'label'; the file has: premise, hypothesis. Name it with data.columns.label",
        refused(unlabelled, Purpose.EVALUATION));
  }

  @Test
  void unknownLabelNamesBothOrders() throws IOException {
    Path file = write("a.csv", "premise,hypothesis,label\na,b,yes\na,b,maybe\na,b,never\n");
    assertEquals(
        file
            + ":3: unknown label 'maybe'; the task's labels, in order: no, yes; the data's, in order of appearance: yes, maybe, never. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=maybe; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)",
        refused(file, Purpose.EVALUATION));
  }

  @Test
  void standardInputIsNotReadAgainForItsLabels() {
    byte[] rows = "premise,hypothesis,label\na,b,maybe\n".getBytes(StandardCharsets.UTF_8);
    DataFile input =
        DataFiles.standardInput(
            new ByteArrayInputStream(rows),
            Optional.of(Format.CSV),
            Optional.empty(),
            FileSettings.DEFAULT);
    assertEquals(
        "standard input:2: unknown label 'maybe'; the task's labels, in order: no, yes. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=maybe; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)",
        refused(input, Purpose.EVALUATION));
  }

  private List<String> texts(Path file) {
    return read(
            DataFiles.open(List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
            Purpose.PREDICTION)
        .stream()
        .map(example -> example.first() + "|" + example.second().orElseThrow())
        .toList();
  }

  private static String refused(Path file, Purpose purpose) {
    return refused(
        DataFiles.open(List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
        purpose);
  }

  private static String refused(DataFile file, Purpose purpose) {
    return assertThrows(DataException.class, () -> read(file, purpose)).getMessage();
  }

  private static List<LabelledText> read(DataFile file, Purpose purpose) {
    return split(file, purpose).readAll(new Skips());
  }

  private static Split<LabelledText> split(DataFile file, Purpose purpose) {
    return new Split<>("input", file, READER, purpose, Selection.ALL);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
