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
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {

  private static final ExampleReader<LabelledText> READER =
      LabelledTextReader.pairs(
          Column.named("premise"),
          Column.named("hypothesis"),
          Column.named("label"),
          new Labels(List.of("no", "yes")));

  private static final ExampleReader<LabelledText> BY_LINE =
      (data, purpose, skipped) ->
          data.lines()
              .map(
                  line ->
                      new LabelledText(
                          line.location(),
                          Map.of(),
                          line.text(),
                          Optional.empty(),
                          OptionalInt.empty()))
              .filter(
                  example -> {
                    if (example.first().isEmpty()) {
                      skipped.count(example.location(), "empty text");
                      return false;
                    }
                    return true;
                  });

  @TempDir private Path folder;

  @Test
  void rowsLeftOutAreCountedByReasonAndTheLimitCountsRows() throws IOException {
    Path file =
        write("a.csv", "premise,hypothesis,label\na,b,yes\na,b,-\na,,no\na,b,-1\na,b,no\na,b,no\n");

    SplitCounts all = count(split(file, Selection.ALL));
    SplitCounts four = count(split(file, Selection.ALL.limitedTo(4)));

    String name = file.toString();
    assertEquals(3, all.examples());
    assertEquals(6, all.rows());
    assertEquals(
        List.of(
            new SplitCounts.Skip("no gold label", 2, new Location(name, 3)),
            new SplitCounts.Skip("empty text", 1, new Location(name, 4))),
        all.skipped());
    assertEquals("2 no gold label (first: " + name + ":3)", all.skipped().get(0).toString());
    assertEquals(4, four.rows());
    assertEquals(1, four.examples());
  }

  @Test
  void aSampleIsTheSameForTheSameSeed() throws IOException {
    Path file = write("a.csv", "premise,hypothesis,label\n" + "a,b,yes\n".repeat(4000));

    List<LabelledText> one = read(file, share(0.25, 1));
    List<LabelledText> again = read(file, share(0.25, 1));
    List<LabelledText> other = read(file, share(0.25, 2));

    assertEquals(one, again);
    assertNotEquals(one, other);
    // 1,000 expected; the standard deviation is 27.
    assertTrue(Math.abs(one.size() - 1000) < 140, one.size() + " of 4000");
    assertEquals(4000, read(file, share(1, 1)).size());
  }

  @Test
  void whatLimitAndSampleTakeAwayIsCounted() throws IOException {
    Path file = write("a.csv", "premise,hypothesis,label\n" + "a,b,yes\n".repeat(1000));
    SplitCounts part = count(split(file, Selection.ALL.limitedTo(400).sample(0.5, 1)));
    assertEquals(400, part.rows());
    assertEquals(OptionalInt.of(400), part.limit());
    assertEquals(400, part.examples() + part.notDrawn());
    assertTrue(part.notDrawn() > 100, part.notDrawn() + " of 400");
    SplitCounts all = count(split(file, Selection.ALL.limitedTo(1001)));
    assertEquals(
        new SplitCounts(1000, List.of(), 1000, List.of(), 0, 0, OptionalInt.empty(), List.of()),
        all);
  }

  @Test
  void labelSynonymsNeedAColumnOfLabels() throws IOException {
    write("a.conll", "a\n");
    String yaml = folder.resolve("app.yaml").toString();
    TaskConfig<?> config =
        AppConfig.load(
            write(
                "app.yaml",
                "model: m\nwindow: {stride: 1}\ndata: {train: a.conll}\nlabel-synonyms: {yes: [ja]}\n"),
            new ToyPlugin(),
            List.of());
    assertProblem(
        yaml
            + ": label-synonyms: no column of labels is read from files of this form; leave it out",
        config,
        BY_LINE);
  }

  @Test
  void nothingLeftIsAnError() throws IOException {
    Path file = write("a.csv", "premise,hypothesis,label\na,b,-\na,b,-\n");
    DataException e = assertThrows(DataException.class, () -> read(file, Selection.ALL));
    assertEquals(
        file
            + ": no example is left of 2 rows (left out: 2 no gold label (first: "
            + file
            + ":2)); give other data, or a larger limit or sample",
        e.getMessage());
  }

  @Test
  void whereThereAreNoRowsExamplesAreLimited() throws IOException {
    // A .txt would be a table, but it is for the task to say how it is read.
    for (String name : List.of("a.conll", "a.txt")) {
      Path file = write(name, "a\nb\n\nc\nd\n");
      Split<LabelledText> split =
          new Split<>(
              "train",
              DataFiles.open(
                  List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
              BY_LINE,
              Purpose.EVALUATION,
              Selection.ALL.limitedTo(3));

      assertEquals(
          List.of("a", "b", "c"), examples(split).stream().map(LabelledText::first).toList());
      assertEquals(4, count(split).rows());
    }
  }

  @Test
  void aConfiguredSplitHasItsFormatColumnsLimitAndSample() throws IOException {
    write("train.dat", "p\thypothesis\tlabel\n" + "a\tb\tyes\n".repeat(100));
    TaskConfig<?> config =
        config(
            "train: train.dat, format: {train: tsv}, columns: {premise: p}, limit: {train: 50},"
                + " sample: {train: 0.5}");

    Splits splits = new Splits(config);
    Split<LabelledText> split = splits.split(SplitName.TRAIN, READER, Purpose.EVALUATION);
    SplitCounts counts = count(split);
    splits.requireSettingsUsed(Set.of());

    assertEquals("train", split.name());
    assertEquals(50, counts.rows());
    assertTrue(counts.examples() > 10 && counts.examples() < 40);
  }

  @Test
  void whatIsWrongWithTheConfigurationIsLocatedThere() throws IOException {
    write("a.csv", "premise,hypothesis,label\na,b,yes\n");
    String yaml = folder.resolve("app.yaml").toString();

    assertProblem(
        yaml
            + ":3: data.columns.premis: the task reads no such column; it reads: premise,"
            + " hypothesis, label",
        config("train: a.csv, columns: {premis: premise}"));
    write("a.conll", "a\n");
    assertProblem(
        yaml
            + ":3: data.columns.premise: no columns are read from files of this form; leave it out",
        config("train: a.conll, columns: {premise: p}"),
        BY_LINE);
    assertProblem(
        yaml + ":3: data.train: no such file: " + folder.resolve("b.csv"), config("train: b.csv"));
    assertProblem(
        yaml + ": data.train: no file is given for this split; name one", config("test: b.csv"));
  }

  /** A mapping is for the splits that have the column; others may have none at all. */
  @Test
  void aMappingNeedsToFitOneSplit() throws IOException {
    write("a.csv", "p,hypothesis,label\na,b,yes\n");
    write("a.conll", "a\n");
    Splits splits =
        new Splits(config("train: a.csv, test: a.conll, columns: {premise: p, other: o}"));

    count(splits.split(SplitName.TEST, BY_LINE, Purpose.EVALUATION));
    count(splits.split(SplitName.TRAIN, READER, Purpose.EVALUATION));

    splits.requireSettingsUsed(Set.of("other"));
    assertThrows(ConfigException.class, () -> splits.requireSettingsUsed(Set.of()));
  }

  private void assertProblem(String expected, TaskConfig<?> config) {
    assertProblem(expected, config, READER);
  }

  private void assertProblem(
      String expected, TaskConfig<?> config, ExampleReader<LabelledText> reader) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> {
              Splits splits = new Splits(config);
              count(splits.split(SplitName.TRAIN, reader, Purpose.EVALUATION));
              splits.requireSettingsUsed(Set.of());
            });
    assertEquals(expected, e.getMessage());
  }

  private TaskConfig<?> config(String data) throws IOException {
    Path yaml = write("app.yaml", "model: m\nwindow: {stride: 1}\ndata: {" + data + "}\n");
    return AppConfig.load(yaml, new ToyPlugin(), List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Selection share(double share, long seed) {
    return Selection.ALL.sample(share, seed);
  }

  private static Split<LabelledText> split(Path file, Selection selection) {
    return new Split<>(
        "train",
        DataFiles.open(List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
        READER,
        Purpose.EVALUATION,
        selection);
  }

  private static List<LabelledText> read(Path file, Selection selection) {
    return examples(split(file, selection));
  }

  private static List<LabelledText> examples(Split<LabelledText> split) {
    return split.readAll(new Skips());
  }

  private static SplitCounts count(Split<LabelledText> split) {
    try (SplitReading<LabelledText> reading = split.open()) {
      reading.forEachRemaining(example -> {});
      return reading.counts();
    }
  }
}
