// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.config.ToyPlugin;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowConditionsTest {

  private static final String HEADER = "premise,hypothesis,label,lang\n";

  @TempDir private Path folder;

  @Test
  void rowsThatDoNotMeetAConditionAreLeftOutAndCountedByReason() throws IOException {
    write(
        "a.csv",
        HEADER
            + "one,b,yes,en\n"
            + " ,b,yes,en\n"
            + "0,b,yes,en\n"
            + "two,b,yes,fr\n"
            + "𝄞𝄞𝄞𝄞,b,yes,de\n"
            + "\u200b,b,no,de\n"
            + "aaaaa,b,no,de\n"
            + "x,b,no,en\n");
    Result result =
        read(
            """
              where:
              - {column: premise, not-empty: true}
              - column: premise
                not-in: ["0"]
                max-length: 4
                min-length: 2
              - {column: lang, in: [en, de]}
            """);
    assertEquals(List.of("one", "𝄞𝄞𝄞𝄞"), result.premises());
    String file = folder.resolve("a.csv").toString();
    assertEquals(
        List.of(
            new SplitCounts.Skip("where premise is empty", 2, new Location(file, 3)),
            new SplitCounts.Skip("where premise is 0", 1, new Location(file, 4)),
            new SplitCounts.Skip("where lang is none of en, de", 1, new Location(file, 5)),
            new SplitCounts.Skip(
                "where premise has more than 4 characters", 1, new Location(file, 8)),
            new SplitCounts.Skip(
                "where premise has fewer than 2 characters", 1, new Location(file, 9))),
        result.counts().dropped());
    assertEquals(8, result.counts().rows());
    assertEquals(2, result.counts().examples());
    assertEquals(
        "{where premise is empty=2, where premise is 0=1, where lang is none of en,"
            + " de=1, where premise has more than 4 characters=1, where premise has fewer"
            + " than 2 characters=1}",
        result.counts().fields().get("left_out_by_where").toString());
  }

  /** Found anywhere unless it says otherwise. */
  @Test
  void aRegularExpressionIsFound() throws IOException {
    write("a.csv", HEADER + "an apple,b,yes,\nApple,b,yes,\na pear,b,no,\n");
    assertEquals(
        List.of("an apple"), read("  where: [{column: premise, matches: apple}]\n").premises());
    assertEquals(
        List.of("Apple"),
        read("  where: [{column: premise, matches: '(?i)^apple$'}]\n").premises());
    assertEquals(
        List.of("Apple", "a pear"),
        read("  where: [{column: premise, not-matches: apple}]\n").premises());
  }

  /** Backtracking would take longer than the world is old. */
  @Test
  void noExpressionTakesLongerThanTheTextIsLong() throws IOException {
    write("a.csv", HEADER + "a".repeat(5000) + "!,b,yes,\nc,b,no,\n");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertEquals(
                List.of("c"),
                read("  where: [{column: premise, matches: '^(a+)+$|c'}]\n").premises()));
  }

  @Test
  void conditionsComeBeforeLimitAndSample() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\n".repeat(10) + "y,b,yes,en\n".repeat(10));
    Result result = read("  where: [{column: lang, in: [en]}]\n  limit: {train: 3}\n");
    assertEquals(List.of("y", "y", "y"), result.premises());
    assertEquals(OptionalInt.of(3), result.counts().limit());
    assertEquals(13, result.counts().rows());
  }

  @Test
  void aConditionMayBeForSomeSplitsOnly() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\ny,b,yes,en\n");
    TaskConfig<?> config =
        config("  test: a.csv\n  where: [{column: lang, in: [en], splits: [train]}]\n");
    assertEquals(List.of("y"), read(config, SplitName.TRAIN).premises());
    assertEquals(List.of("x", "y"), read(config, SplitName.TEST).premises());
  }

  /** What a task finds in the training data it finds in the rows that are used. */
  @Test
  void optionsAreFoundInTheRowsThatAreKept() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\ny,b,yes,en\n");
    Splits splits = new Splits(config("  where: [{column: lang, in: [en]}]\n"));
    try (Stream<Row> rows = splits.kept(SplitName.TRAIN).rows()) {
      assertEquals(List.of("y"), rows.map(row -> row.columns().get("premise")).toList());
    }
  }

  @Test
  void valuesOfJsonMayBeNumbersNullsAndLists() throws IOException {
    write(
        "a.jsonl",
        """
        {"premise": "a", "hypothesis": "b", "label": "yes", "n": 1, "tags": ["x"]}
        {"premise": "c", "hypothesis": "b", "label": "yes", "n": 2, "tags": []}
        {"premise": "d", "hypothesis": "b", "label": "yes", "n": 1, "tags": null}
        {"premise": "e", "hypothesis": "b", "label": "yes", "tags": ["y"]}
        """);
    TaskConfig<?> config =
        load(
            """
              train: a.jsonl
              where: [{column: tags, not-empty: true}, {column: n, not-in: ["2"]}]
            """);
    assertEquals(List.of("a", "e"), read(config, SplitName.TRAIN).premises());

    TaskConfig<?> lists = load("  train: a.jsonl\n  where: [{column: tags, max-length: 3}]\n");
    assertEquals(
        folder.resolve("a.jsonl") + ":1: column 'tags' holds a JSON list where a text is needed",
        assertThrows(DataException.class, () -> read(lists, SplitName.TRAIN)).getMessage());
  }

  @Test
  void aColumnThatIsNotThereIsAnError() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\n");
    String csv = folder.resolve("a.csv").toString();
    assertEquals(
        csv
            + ":1: no column 'premis', which data.where[1].column names; the file has: premise,"
            + " hypothesis, label, lang",
        problem("  where: [{column: lang, not-empty: true}, {column: premis, not-empty: true}]\n"));

    Path jsonl =
        write("a.jsonl", "{\"premise\": \"a\", \"hypothesis\": \"b\", \"label\": \"yes\"}\n");
    TaskConfig<?> config = load("  train: a.jsonl\n  where: [{column: tag, max-length: 9}]\n");
    assertEquals(
        jsonl
            + ": no row has a column 'tag', which data.where[0].column names; the rows have:"
            + " premise, hypothesis, label",
        assertThrows(DataException.class, () -> read(config, SplitName.TRAIN)).getMessage());
  }

  @Test
  void whatIsLeftOfNothingIsToldWithItsReasons() throws IOException {
    Path csv = write("a.csv", HEADER + "x,b,yes,fr\nx,b,yes,fr\n");
    assertEquals(
        csv
            + ": no example is left of 2 rows (left out by data.where: 2 where lang is not en"
            + " (first: "
            + csv
            + ":2)); give other data, or a larger limit or sample",
        problem("  where: [{column: lang, in: [en]}]\n"));
  }

  @Test
  void filesWithoutRowsHaveNoConditions() throws IOException {
    Path conll = write("a.conll", "a O\n");
    Splits splits = new Splits(load("  train: a.conll\n  where: [{column: x, not-empty: true}]\n"));
    assertEquals(
        conll
            + ": is read as conll, which has no rows with columns, but data.where[0] chooses rows;"
            + " leave it out, or name the splits that it is for with its key splits",
        assertThrows(DataException.class, () -> splits.kept(SplitName.TRAIN).lines()).getMessage());
  }

  @Test
  void wrongConditionsAreLocatedInTheConfiguration() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\n");
    String yaml = folder.resolve("app.yaml").toString();
    assertEquals(
        yaml
            + ":5: data.where[0].column: nothing is asked of it; add not-empty, in, not-in,"
            + " min-length, max-length, matches or not-matches",
        wrong("  where: [{column: lang}]\n"));
    assertEquals(
        yaml + ":5: data.where[0].matches: is no regular expression of RE2 (missing closing )): (a",
        wrong("  where: [{column: lang, matches: (a}]\n"));
    assertEquals(
        yaml
            + ":5: data.where[0].not-matches: is no regular expression of RE2 (invalid escape"
            + " sequence): \\1",
        wrong("  where: [{column: lang, not-matches: \"(a)\\\\1\"}]\n"));
    assertEquals(
        yaml
            + ":5: missing key 'data.where[0].column': The column that is looked at, by the name"
            + " that it has in the files. Each item needs it.",
        wrong("  where: [{not-empty: true}]\n"));
    assertEquals(
        yaml + ":5: 'data.where[0].splits' must be one of train, validation, test, not 'dev'",
        wrong("  where: [{column: lang, not-empty: true, splits: [dev]}]\n"));
  }

  @Test
  void conditionsAreSavedWithTheConfigurationAndReadAgain() throws IOException {
    write("a.csv", HEADER + "x,b,yes,fr\ny,b,yes,en\n");
    TaskConfig<?> config = config("  where: [{column: lang, in: [en, 'a,b'], splits: [train]}]\n");
    Path saved = Files.writeString(folder.resolve("saved.yaml"), config.toYaml());
    TaskConfig<?> again = AppConfig.load(saved, new ToyPlugin(), List.of());
    assertEquals(config.values(), again.values());
    assertEquals(List.of("y"), read(again, SplitName.TRAIN).premises());
  }

  private record Result(List<String> premises, SplitCounts counts) {}

  private Result read(String data) throws IOException {
    return read(config(data), SplitName.TRAIN);
  }

  private static Result read(TaskConfig<?> config, SplitName split) {
    List<String> premises = new ArrayList<>();
    try (SplitReading<LabelledText> reading =
        new Splits(config).split(split, DataCase.PAIRS, Purpose.EVALUATION).open()) {
      reading.forEachRemaining(pair -> premises.add(pair.first()));
      return new Result(premises, reading.counts());
    }
  }

  private String problem(String data) {
    return assertThrows(DataException.class, () -> read(data)).getMessage();
  }

  private String wrong(String data) {
    return assertThrows(ConfigException.class, () -> read(data)).getMessage();
  }

  private TaskConfig<?> config(String data) throws IOException {
    return load("  train: a.csv\n" + data);
  }

  private TaskConfig<?> load(String data) throws IOException {
    Path yaml = write("app.yaml", "model: m\nwindow: {stride: 1}\ndata:\n" + data);
    return AppConfig.load(yaml, new ToyPlugin(), List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
