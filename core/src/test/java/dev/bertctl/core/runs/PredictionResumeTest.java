// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.DropUnfinished;
import dev.bertctl.core.output.GoOnOrOverwrite;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.output.PredictionTarget.BadRowsFile;
import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions that are cut off, gone on with, and passed over bad rows. */
class PredictionResumeTest {

  /** Chunks of 2, 4, 8, 16, 32 and the rest. */
  private static final int ROWS = 70;

  @TempDir static Path shared;
  @TempDir Path folder;

  /** The only thing that ends a prediction in these tests. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void train() {
    run().pairs("train", 8, 1).set("train.epochs", 1).run();
  }

  private static TinyRun run() {
    return new TinyRun(shared, 0)
        .task(new TinyTask(PredictionResumeTest::task))
        .set("data.train", shared.resolve("train.csv"));
  }

  private static Task<LabelledText, Classification> task(Labels labels) {
    return TinyTask.classification(labels)
        .writing(OutputFile.text("out.conll", "head\n", (row, made, place) -> place + "\n"))
        .writing(
            OutputFile.json(
                "lines.json",
                (row, made) -> Map.entry(Long.toString(row.location().line()), made.fields())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.jsonl", "p.csv", "p.tsv", "p.conll", "p.json"})
  void whereverItIsCutOffTheEndIsTheSame(String name) throws IOException {
    Path input = input(folder.resolve("in.csv"), false);
    Map<String, byte[]> whole = files(predict(input, folder.resolve("whole"), name, Start.NEW, -1));
    for (int made : List.of(1, 33)) {
      Path cut = folder.resolve("cut-" + made);
      assertThrows(Killed.class, () -> predict(input, cut, name, Start.RESUME, made));
      Path partial = cut.resolve(name + ".partial");
      assertFalse(Files.exists(cut.resolve(name)));
      // What was written behind the last mark when the process was killed.
      Files.writeString(partial, "half a ro", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      predict(input, cut, name, Start.RESUME, -1);
      assertSame(whole, files(cut));
    }
  }

  @Test
  void itCanBeCutOffAgainAndAgain() throws IOException {
    Path input = input(folder.resolve("in.csv"), false);
    Map<String, byte[]> whole =
        files(predict(input, folder.resolve("whole"), "p.jsonl", Start.NEW, -1));
    Path cut = folder.resolve("cut");
    for (int made : List.of(3, 10, 20, 40)) {
      assertThrows(Killed.class, () -> predict(input, cut, "p.jsonl", Start.RESUME, made));
    }
    predict(input, cut, "p.jsonl", Start.RESUME, -1);
    assertSame(whole, files(cut));
  }

  @Test
  void badRowsArePassedOverIntoAFileOfTheirOwn() throws IOException {
    Path input = input(folder.resolve("in.csv"), true);
    Path whole = predict(input, folder.resolve("whole"), "p.jsonl", Start.NEW, -1, 9);
    List<String> bad = Files.readAllLines(whole.resolve("bad.jsonl"));
    assertEquals(
        "{\"file\":\"%s\",\"line\":12,\"reason\":\"2 cells, but the header has 3 (first, second, label); correct or remove the row. A text with commas or line breaks needs double quotes around it\",\"row\":[\"a\",\"b\"]}"
            .formatted(input),
        bad.get(0));
    assertEquals(2, bad.size());
    assertTrue(bad.get(1).contains("\"line\":42"), bad::toString);
    assertEquals(ROWS, Files.readAllLines(whole.resolve("p.jsonl")).size());
    for (int made : List.of(1, 20, 50)) {
      Path cut = folder.resolve("cut-" + made);
      assertThrows(Killed.class, () -> predict(input, cut, "p.jsonl", Start.NEW, made, 9));
      predict(input, cut, "p.jsonl", Start.RESUME, -1, 9);
      assertSame(files(whole), files(cut));
    }
  }

  @Test
  void rowsThatTheReaderRefusesArePassedOverToo() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(
          i % 7 == 3
              ? "{\"first\": \"a\"}"
              : i % 7 == 5 ? "{no json" : "{\"first\": \"cat\", \"second\": \"dog\"}");
    }
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    Path out = predict(input, folder.resolve("out"), "p.jsonl", Start.NEW, -1, 6);
    List<String> bad = Files.readAllLines(out.resolve("bad.jsonl"));
    assertEquals(6, bad.size());
    assertTrue(bad.get(0).contains("\"line\":4,\"reason\":\"no column 'second'"), bad::toString);
    assertTrue(bad.get(0).endsWith("\"row\":\"{\\\"first\\\": \\\"a\\\"}\"}"), bad::toString);
    assertTrue(bad.get(1).endsWith("\"row\":\"{no json\"}"), bad::toString);
    assertEquals(14, Files.readAllLines(out.resolve("p.jsonl")).size());
    UserException e =
        assertThrows(
            UserException.class,
            () -> predict(input, folder.resolve("few"), "p.jsonl", Start.NEW, -1, 5));
    assertTrue(
        e.getMessage()
            .endsWith(
                "\nthis is one bad row more than the 5 that may be passed over; correct the input, or allow for more"),
        e::getMessage);
    // With more of them allowed it goes on.
    predict(input, folder.resolve("few"), "p.jsonl", Start.RESUME, -1, 6);
    assertSame(files(out), files(folder.resolve("few")));
  }

  @Test
  void whatConcernsTheWholeFileIsNoBadRow() throws IOException {
    Path header = Files.writeString(folder.resolve("in.csv"), "one,two\na,b\n");
    assertThrows(
        DataException.class,
        () -> predict(header, folder.resolve("out"), "p.jsonl", Start.NEW, -1, 5));
    // Behind what is no JSON nobody knows where a row begins.
    Path document =
        Files.writeString(folder.resolve("in.json"), "[{\"first\": \"a\"},\n{\"first\" ");
    DataException e =
        assertThrows(
            DataException.class,
            () -> predict(document, folder.resolve("out"), "p.jsonl", Start.OVERWRITE, -1, 5));
    assertTrue(e.getMessage().startsWith(document + ":2: malformed JSON"), e::getMessage);
  }

  @Test
  void anUnfinishedPredictionIsNotReplacedUnasked() throws IOException {
    Path input = input(folder.resolve("in.csv"), false);
    Path out = folder.resolve("out");
    assertThrows(Killed.class, () -> predict(input, out, "p.jsonl", Start.NEW, 30));
    UserException e =
        assertThrows(UserException.class, () -> predict(input, out, "p.jsonl", Start.NEW, -1));
    assertEquals(
        out.resolve("p.jsonl") + ": an unfinished prediction with 30 predictions is there",
        e.getMessage());
    assertEquals(Optional.of(new GoOnOrOverwrite()), e.remedy());
    predict(input, out, "p.jsonl", Start.OVERWRITE, -1);
    assertEquals(ROWS, Files.readAllLines(out.resolve("p.jsonl")).size());
  }

  @Test
  void itGoesOnWithTheSameInputAndSettingsOnly() throws IOException {
    Path input = input(folder.resolve("in.csv"), false);
    Path out = folder.resolve("out");
    assertThrows(Killed.class, () -> predict(input, out, "p.jsonl", Start.NEW, 30));
    Path state = out.resolve("p.jsonl.progress.json");
    String before = Files.readString(state);

    UserException setting =
        assertThrows(
            UserException.class,
            () -> predict(input, out, "p.jsonl", Start.RESUME, -1, 0, "max-length=12"));
    assertEquals(
        state + ": the prediction was begun with the setting max-length 16, not 12",
        setting.getMessage());
    assertEquals(Optional.of(new DropUnfinished()), setting.remedy());

    List<String> rows = Files.readAllLines(input);
    rows.set(5, "another,row,yes");
    Path other = Files.write(folder.resolve("other.csv"), rows);
    UserException data =
        assertThrows(UserException.class, () -> predict(other, out, "p.jsonl", Start.RESUME, -1));
    assertEquals(
        other
            + ": the first 30 examples are not those that the unfinished prediction was made for; give the same input",
        data.getMessage());
    assertEquals(before, Files.readString(state));

    // What is behind the predictions that there are may be corrected.
    rows = Files.readAllLines(input);
    rows.set(60, "another,row,yes");
    Files.write(input, rows);
    predict(input, out, "p.jsonl", Start.RESUME, -1);
    assertEquals(ROWS, Files.readAllLines(out.resolve("p.jsonl")).size());
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }

  private Path predict(Path input, Path out, String name, Start start, int kill) {
    return predict(input, out, name, start, kill, 0);
  }

  /**
   * @param kill after how many predictions it is killed; never if negative
   * @param bad how many bad rows there may be
   */
  private Path predict(
      Path input, Path out, String name, Start start, int kill, int bad, String... settings) {
    FineTunedModel saved = FineTunedModel.open(run().results());
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Assignment> assignments =
        Stream.concat(Stream.of("train.evaluation-batch-size=2"), Stream.of(settings))
            .map(Assignments::parse)
            .toList();
    new ModelPrediction(
            saved.config(run().plugin(), assignments),
            saved.files(TinyRun.STORE),
            Optional.of(saved),
            new PredictionTarget(
                Optional.of(out.resolve(name)),
                Optional.of(out.resolve("own")),
                RowLayout.ALL,
                Optional.of(bad)
                    .filter(most -> most > 0)
                    .map(most -> new BadRowsFile(out.resolve("bad.jsonl"), most)),
                start),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(input), Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
            new KillAfter(kill));
    return out;
  }

  private static final class KillAfter implements ModelPrediction.Output {

    private final int kill;
    private long saved;
    private int made;

    KillAfter(int kill) {
      this.kill = kill;
    }

    @Override
    public void accept(
        Map<String, Object> row, Prediction prediction, Optional<MarkedText> marked) {
      if (kill >= 0 && saved + made++ >= kill) {
        throw new Killed();
      }
    }

    @Override
    public void saved(long predictions) {
      saved = predictions;
      made = 0;
    }
  }

  /** Random pairs, some with a row that is cut off behind lines 11 and 41. */
  private static Path input(Path file, boolean bad) throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("first,second,label"));
    for (int i = 0; i < ROWS; i++) {
      if (bad && (lines.size() == 11 || lines.size() == 41)) {
        lines.add("a,b");
      }
      lines.add(TinyRun.text(random) + "," + TinyRun.text(random) + ",yes");
    }
    return Files.write(file, lines);
  }

  private static Map<String, byte[]> files(Path out) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(out.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
