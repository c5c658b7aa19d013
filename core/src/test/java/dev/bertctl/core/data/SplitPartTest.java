// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.config.ToyPlugin;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitPartTest {

  private static final String HEADER = "premise,hypothesis,label\n";

  private static final ExampleReader<LabelledText> BY_LINE =
      (data, purpose, skipped) ->
          data.lines()
              // As tasks do that learn nothing from some examples.
              .filter(line -> purpose == Purpose.EVALUATION || line.location().line() % 3 != 0)
              .map(
                  line ->
                      new LabelledText(
                          line.location(),
                          Map.of(),
                          line.text(),
                          Optional.empty(),
                          OptionalInt.empty()));

  @TempDir private Path folder;

  /** Of 200 rows with "yes" and 1,000 with "no" a tenth each, and none in both parts. */
  @Test
  void aShareOfEachLabelIsSplitOff() throws IOException {
    write("a.csv", HEADER + rows(1200, i -> i % 6 == 0 ? "yes" : "no"));
    Splits splits = new Splits(config("train: a.csv, split: 0.1"));

    Read training = read(splits, SplitName.TRAIN, Purpose.TRAINING);
    Read validation = read(splits, SplitName.VALIDATION, Purpose.EVALUATION);

    assertEquals(Map.of("yes", 20, "no", 100), validation.labels());
    assertEquals(Map.of("yes", 180, "no", 900), training.labels());
    TreeSet<String> all = new TreeSet<>(training.premises());
    assertTrue(all.addAll(validation.premises()));
    assertEquals(1200, all.size());
    assertEquals(1200, training.counts().rows());
    assertEquals(120, training.counts().inOtherPart());
    assertEquals(1080, validation.counts().inOtherPart());
    assertEquals(0, training.counts().notDrawn());
    assertEquals(120L, training.counts().fields().get("in_other_part"));
    assertEquals(
        "validation",
        splits.split(SplitName.VALIDATION, DataCase.PAIRS, Purpose.EVALUATION).name());
  }

  /** At random places, not every tenth. */
  @Test
  void whichRowsAreSplitOffDependsOnItsOwnSeedAlone() throws IOException {
    write("a.csv", HEADER + rows(1000, i -> i % 3 == 0 ? "yes" : "no"));
    List<String> drawn = validated("train: a.csv, split: 0.1");

    assertEquals(drawn, validated("train: a.csv, split: 0.1"));
    assertEquals(drawn, validated("split: 0.1, quotes: none, test: a.csv, train: a.csv"));
    assertEquals(drawn, validated("train: a.csv, split: 0.1}\ntrain: {seed: 7"));
    assertNotEquals(drawn, validated("train: a.csv, split: 0.1, split-seed: 7"));
    long gaps =
        IntStream.range(1, drawn.size())
            .map(i -> Integer.parseInt(drawn.get(i)) - Integer.parseInt(drawn.get(i - 1)))
            .distinct()
            .count();
    assertTrue(gaps > 5, gaps + " different gaps");
  }

  /** The file may lie elsewhere, and its last rows decide nothing about its first. */
  @Test
  void theSameRowsAreSplitOffWhereverTheFileIs() throws IOException {
    String rows = rows(500, i -> "yes");
    write("a.csv", HEADER + rows);
    Files.createDirectory(folder.resolve("other"));
    write("other/b.csv", HEADER + rows + "last,h,yes\n");
    assertEquals(
        validated("train: a.csv, split: 0.2"),
        validated("train: other/b.csv, split: 0.2").stream()
            .filter(premise -> !premise.equals("last"))
            .toList());
  }

  /** A share of 0.15 of 7 labels of 40 rows each is 6, give or take less than two. */
  @Test
  void sharesThatDivideNothingEvenlyAreMetForEachLabel() throws IOException {
    for (double share : List.of(0.15, 0.3, 0.5, 0.62, 0.9)) {
      StratifiedDraw draw = new StratifiedDraw(share, 1);
      Map<Integer, Integer> drawn = new LinkedHashMap<>();
      for (int i = 0; i < 280; i++) {
        drawn.merge(i % 7, draw.next("label " + i % 7) ? 1 : 0, Integer::sum);
      }
      drawn.forEach(
          (label, count) ->
              assertTrue(Math.abs(count - 40 * share) < 2, share + ": " + count + " of 40"));
    }
  }

  /** Where each row has a label of its own, as numbers to predict are, it is a draw from all. */
  @Test
  void labelsOfOneRowAreDrawnWithThatProbability() {
    StratifiedDraw draw = new StratifiedDraw(0.1, 3);
    int drawn = 0;
    for (int i = 0; i < 20_000; i++) {
      drawn += draw.next("" + i) ? 1 : 0;
    }
    // 2,000 expected; the standard deviation is at most 42.
    assertTrue(Math.abs(drawn - 2000) < 200, drawn + " of 20,000");
  }

  /** Synonyms are one label, and names of columns are those that the task maps. */
  @Test
  void labelsAreTheTasks() throws IOException {
    write(
        "a.csv",
        "premise,hypothesis,gold\n"
            + rows(100, i -> i % 10 == 0 ? "ja" : i % 10 == 1 ? "yes" : "no"));
    Splits splits =
        new Splits(
            config(
                "train: a.csv, split: 0.1, columns: {label: gold}}\n"
                    + "label-synonyms: {\"yes\": [ja]"));
    assertEquals(
        Map.of("yes", 2, "no", 8), read(splits, SplitName.VALIDATION, Purpose.EVALUATION).labels());
  }

  /** Conditions and limit hold for both parts, a sample for its own. */
  @Test
  void whatIsLeftOfTheFileIsDivided() throws IOException {
    write("a.csv", HEADER + "x,h,no\n".repeat(50) + rows(1000, i -> "yes"));
    Splits splits =
        new Splits(
            config(
                "train: a.csv, split: 0.5, limit: {train: 100}, sample: {train: 0.5},"
                    + " where: [{column: premise, not-in: [x]}]"));
    Read training = read(splits, SplitName.TRAIN, Purpose.TRAINING);
    Read validation = read(splits, SplitName.VALIDATION, Purpose.EVALUATION);
    assertEquals(50, validation.premises().size());
    assertEquals(50, validation.counts().inOtherPart());
    assertEquals(50, training.counts().inOtherPart());
    assertEquals(50, training.counts().notDrawn() + training.premises().size());
    assertEquals(50, training.counts().dropped().get(0).count());
    assertEquals(OptionalInt.of(100), training.counts().limit());
  }

  /** Where there are no rows, a place is in one part, whatever the task leaves out of the other. */
  @Test
  void linesAreDividedByTheirPlaces() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 3000; i++) {
      lines.append(i).append('\n');
    }
    write("a.conll", lines.toString());
    Splits splits = new Splits(config("train: a.conll, split: 0.2"));
    List<String> training =
        splits.split(SplitName.TRAIN, BY_LINE, Purpose.TRAINING).readAll(new Skips()).stream()
            .map(LabelledText::first)
            .toList();
    List<String> validation =
        splits
            .split(SplitName.VALIDATION, BY_LINE, Purpose.EVALUATION)
            .readAll(new Skips())
            .stream()
            .map(LabelledText::first)
            .toList();
    // 600 expected of 3,000; the standard deviation is 22.
    assertTrue(Math.abs(validation.size() - 600) < 110, validation.size() + " of 3,000");
    List<String> missing = new ArrayList<>();
    for (int i = 1; i <= 3000; i++) {
      String line = "" + i;
      assertTrue(!training.contains(line) || !validation.contains(line), line);
      if (!training.contains(line) && !validation.contains(line)) {
        missing.add(line);
      }
    }
    assertTrue(missing.stream().allMatch(line -> Integer.parseInt(line) % 3 == 0));
  }

  @Test
  void aJsonDocumentIsNotDivided() throws IOException {
    Path file = write("a.json", "{\"data\": []}");
    Splits splits = new Splits(config("train: a.json, split: 0.2"));
    ExampleReader<LabelledText> reader =
        (data, purpose, skipped) -> {
          data.json();
          throw new AssertionError("was divided");
        };
    assertEquals(
        file
            + ": is one JSON document, which data.split does not divide; name validation data as"
            + " data.validation, or give rows (csv, tsv, jsonl)",
        assertThrows(
                DataException.class,
                () -> splits.split(SplitName.TRAIN, reader, Purpose.TRAINING).readThrough())
            .getMessage());
  }

  @Test
  void aPartWithoutExamplesIsAnError() throws IOException {
    Path file = write("a.csv", HEADER + "a,h,yes\n");
    Splits splits = new Splits(config("train: a.csv, split: 0.001"));
    assertEquals(
        file
            + ": no example is left of 1 rows; give other data, or a larger limit, sample or"
            + " data.split",
        assertThrows(
                DataException.class, () -> read(splits, SplitName.VALIDATION, Purpose.EVALUATION))
            .getMessage());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    write("a.csv", HEADER + "a,h,yes\n");
    String line = folder.resolve("app.yaml") + ":3: ";
    String own = ": the validation data are split off the training data; leave it out";
    assertEquals(
        line + "data.split: data.validation is given too; leave out one of them",
        wrong("train: a.csv, validation: a.csv, split: 0.1"));
    assertEquals(
        line + "data.limit.validation" + own,
        wrong("train: a.csv, split: 0.1, limit: {validation: 3}"));
    assertEquals(
        line + "data.format.validation" + own,
        wrong("train: a.csv, split: 0.1, format: {validation: csv}"));
    assertEquals(
        line
            + "data.where[0].splits: the validation data are split off the training data, for which"
            + " it must hold too",
        wrong(
            "train: a.csv, split: 0.1,"
                + " where: [{column: premise, not-empty: true, splits: [validation]}]"));
    assertEquals(
        line + "'data.split' must be a number above 0 and below 1, not '1'",
        wrong("train: a.csv, split: 1"));
  }

  private String wrong(String data) {
    return assertThrows(ConfigException.class, () -> new Splits(config(data))).getMessage();
  }

  private record Read(List<String> premises, Map<String, Integer> labels, SplitCounts counts) {}

  private static Read read(Splits splits, SplitName name, Purpose purpose) {
    List<String> premises = new ArrayList<>();
    Map<String, Integer> labels = new LinkedHashMap<>();
    try (SplitReading<LabelledText> reading = splits.split(name, DataCase.PAIRS, purpose).open()) {
      reading.forEachRemaining(
          pair -> {
            premises.add(pair.first());
            String label = DataCase.LABELS.names().get(pair.label().getAsInt());
            labels.merge(label, 1, Integer::sum);
          });
      return new Read(premises, labels, reading.counts());
    }
  }

  private List<String> validated(String data) throws IOException {
    return read(new Splits(config(data)), SplitName.VALIDATION, Purpose.EVALUATION).premises();
  }

  private static String rows(int count, IntFunction<String> label) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(i).append(",h,").append(label.apply(i)).append('\n');
    }
    return rows.toString();
  }

  private TaskConfig<?> config(String data) throws IOException {
    Path yaml = write("app.yaml", "model: m\nwindow: {stride: 1}\ndata: {" + data + "}\n");
    return AppConfig.load(yaml, new ToyPlugin(), List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
