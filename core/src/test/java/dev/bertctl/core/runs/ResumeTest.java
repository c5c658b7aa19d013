// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are interrupted in the middle of their second epoch. */
class ResumeTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3);
  }

  @Test
  void resumedRunEndsAsAnUninterruptedOneWould() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final byte[] weights = Files.readAllBytes(run.weights());
    final var metrics = run.json("metrics.json");
    final var report = run.report();
    final var history = run.history();

    run.set("output", folder.resolve("resumed"));
    interrupt();
    assertFalse(Files.exists(run.file("metrics.json")));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(listener.notices().contains("resuming after step 6"), listener.notices()::toString);
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
    assertEquals(metrics, run.json("metrics.json"));
    // The configuration says where the results go.
    assertEquals(report.toString().replace("/whole", "/resumed"), run.report().toString());
    assertEquals(history, run.history());
    assertFalse(Files.exists(run.workplace()));
  }

  @Test
  void onlyOverwritingForgetsTheInterruptedRun() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final byte[] weights = Files.readAllBytes(run.weights());
    final var history = run.history();

    run.set("output", folder.resolve("restarted"));
    interrupt();
    UserException e = assertThrows(UserException.class, this::runAnew);
    assertEquals(run.results() + ": an unfinished run is here", e.getMessage());
    assertEquals(Optional.of(new KeepOrReplace(false)), e.remedy());
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.OVERWRITE, listener);
    assertTrue(
        listener
            .notices()
            .contains("starting over; the unfinished run in " + run.results() + " is dropped"),
        listener.notices()::toString);
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
    assertEquals(history, run.history());
  }

  @Test
  void aFinishedRunIsToldOfAgainAndNotReplaced() {
    RunResult found = run.run();
    final Map<String, String> files = run.published();
    UserException e = assertThrows(UserException.class, this::runAnew);
    assertEquals(run.results() + ": the results of a finished run are here", e.getMessage());
    assertEquals(Optional.of(new KeepOrReplace(true)), e.remedy());

    TinyRun.Listener listener = new TinyRun.Listener();
    assertEquals(
        TinyRun.tree(found.fields()), TinyRun.tree(run.run(RunMode.RESUME, listener).fields()));
    assertEquals(
        List.of("the run in " + run.results() + " is finished; nothing is left to do"),
        listener.notices());

    run.set("train.seed", 43);
    UserException other =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertEquals(
        run.results()
            + ": the finished run has another configuration; these keys differ: train.seed",
        other.getMessage());
    assertEquals(files, run.published());
    run.run(RunMode.OVERWRITE, new TinyRun.Listener());
    assertNotEquals(files, run.published());
  }

  @Test
  void whatNoFinishedRunWroteIsNotReplacedEither() throws IOException {
    Files.createDirectories(run.file("model"));
    assertThrows(UserException.class, this::runAnew);
    UserException e =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertEquals(
        run.results() + ": there are results here that no finished run wrote", e.getMessage());
  }

  @Test
  void filesOfTheUsersOwnStay() throws IOException {
    Files.createDirectories(run.results());
    Files.writeString(run.file("notes.txt"), "mine");
    run.run();
    assertEquals("mine", Files.readString(run.file("notes.txt")));
    run.set("train.seed", 43).run(RunMode.OVERWRITE, new TinyRun.Listener());
    assertEquals("mine", Files.readString(run.file("notes.txt")));
  }

  @Test
  void changedConfigurationIsRefused() {
    interrupt();
    run.set("train.learning-rate", 1e-4).set("train.batch-size", 8);
    assertRefused(
        "the unfinished run has another configuration; these keys differ: train.batch-size,"
            + " train.learning-rate");
    // Nothing was lost: with the old values it still goes on.
    run.set("train.learning-rate", 1e-3).set("train.batch-size", 4);
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(listener.notices().contains("resuming after step 6"), listener.notices()::toString);
  }

  @Test
  void changedDataAreRefusedWhereverTheyAre() throws IOException {
    interrupt();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("dev.csv");
    Path data = Files.copy(folder.resolve("validation.csv"), elsewhere);
    run.set("data.validation", data);
    Files.writeString(data, Files.readString(data).replaceFirst("yes", "no"));
    assertRefused(
        "the unfinished run was on other data; these files have changed: data.validation");
    Files.copy(folder.resolve("validation.csv"), data, StandardCopyOption.REPLACE_EXISTING);
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(listener.notices().contains("resuming after step 6"), listener.notices()::toString);
  }

  @Test
  void aChangedModelIsRefused() throws IOException {
    interrupt();
    Path vocabulary = folder.resolve("tiny-bert/vocab.txt");
    List<String> lines = new ArrayList<>(Files.readAllLines(vocabulary));
    Collections.swap(lines, lines.size() - 1, lines.size() - 2);
    Files.write(vocabulary, lines);
    assertRefused(
        "the unfinished run began with another model; these files of it have changed: vocab.txt");
  }

  @Test
  void theTokenizerIsSavedAsItWasRead() throws IOException {
    runAnew();
    final String vocabulary = Files.readString(run.file("model/vocab.txt"));
    run.run(
        RunMode.OVERWRITE,
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            write(folder.resolve("tiny-bert/tokenizer.json"), "{}");
          }
        });
    assertEquals(vocabulary, Files.readString(run.file("model/vocab.txt")));
  }

  @Test
  void aTokenizerThatKnowsFewOfTheWordsIsTold() throws IOException {
    Files.delete(folder.resolve("tiny-bert/tokenizer.json"));
    write(folder.resolve("tiny-bert/vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.NEW, listener);
    assertTrue(
        listener
            .notices()
            .get(0)
            .startsWith(
                "the tokenizer in "
                    + folder.resolve("tiny-bert")
                    + " knows 4 words, the model has "),
        listener.notices()::toString);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void valuesOfOtherTypesAreNone() throws IOException {
    interrupt();
    Path state = run.workplace().resolve("unfinished/checkpoint-6/state.json");
    final byte[] sound = Files.readAllBytes(state);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("/log/steps = [1,2,3]", "'log.steps' is [1,2,3], not an integer from 0");
    values.put("/log/events/length = \"1\"", "'log.events.length' is \"1\", not an integer from 0");
    values.put("/log/loss_sums/x = null", "'log.loss_sums.x' is null, not a number");
    values.put("/batch = 1.5", "'batch' is 1.5, not an integer");
    values.put("/finished = \"no\"", "'finished' is \"no\", not true or false");
    values.put("/results/best = 7", "'results.best' is 7, not the place of an evaluation, or -1");
    values.put("/results/evaluations = {}", "'results.evaluations' is {}, not a list");
    values.put("/saved/files = 3", "'saved.files' is 3, not an object");
    values.put("/saved/epoch = \"x\"", "'saved.epoch' is \"x\", not a number");
    values.put("/files = {}", "'files.variables.safetensors' is missing, not a text");
    for (Map.Entry<String, String> value : values.entrySet()) {
      Files.write(state, sound);
      forge(state, value.getKey());
      UserException e =
          assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
      assertEquals(
          state
              + ": "
              + value.getValue()
              + "; the file is damaged or incomplete: fetch or copy it again",
          e.getMessage());
    }
  }

  /** Sets a value, and makes the checksum that of what results. */
  private static void forge(Path state, String assignment) throws IOException {
    String place = assignment.substring(0, assignment.indexOf(" = "));
    int last = place.lastIndexOf('/');
    ObjectNode fields = JsonFile.read(state);
    ((ObjectNode) fields.at(place.substring(0, last)))
        .set(
            place.substring(last + 1),
            new ObjectMapper().readTree(assignment.substring(place.length() + 3)));
    fields.remove("checksum");
    fields.put("checksum", FileSums.of(fields.toString()));
    JsonFile.write(state, fields);
  }

  @Test
  void figuresOfAFinishedRunThatWereChangedAreNone() throws IOException {
    runAnew();
    Path metrics = run.file("metrics.json");
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("0\\.", "1."));
    UserException e =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertEquals(metrics + ": is not what the finished run wrote", e.getMessage());
  }

  @Test
  void aFailureInTheTestSplitLosesNoEpoch() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final var metrics = run.json("metrics.json");
    run.set("output", folder.resolve("failed"));
    TinyRun.Listener failing =
        new TinyRun.Listener() {
          @Override
          public void begin(String title, Counted counted, long total) {
            super.begin(title, counted, total);
            if (title.equals("evaluating test")) {
              throw new Stop();
            }
          }
        };
    assertThrows(Stop.class, () -> run.run(RunMode.NEW, failing));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(listener.notices().contains("resuming after step 18"), listener.notices()::toString);
    assertEquals(metrics, run.json("metrics.json"));
  }

  @Test
  void aScoreThatIsNoNumberIsNoObstacle() {
    Deque<Double> scores = new ArrayDeque<>(List.of(Double.NaN));
    run.task(BestEpochTest.scripted(true, scores));
    interrupt();
    scores.addAll(List.of(0.5, 0.25, 0.75));
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertEquals(2, run.json("metrics.json").get("best_epoch").asInt());
  }

  @Test
  void whateverWasChangedOrDamagedIsToldByName() throws IOException {
    interrupt();
    Path unfinished = run.workplace().resolve("unfinished");
    try (Stream<Path> walk = Files.walk(unfinished)) {
      for (Path file :
          walk.filter(Files::isRegularFile)
              // Which tells what happened, and is no part of what is gone on with.
              .filter(path -> !path.endsWith("run.log"))
              .sorted()
              .toList()) {
        byte[] content = Files.readAllBytes(file);
        byte[] changed = content.clone();
        changed[content.length / 3] ^= 1;
        Files.write(file, changed);
        UserException e =
            assertThrows(
                UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
        assertTrue(e.getMessage().startsWith(file + ":"), e.getMessage());
        Files.write(file, content);
      }
    }
    run.run(RunMode.RESUME, new TinyRun.Listener());
  }

  @Test
  void theLogOfAResumedRunIsThatOfAnUninterruptedOne() {
    run.set("train.log-every", 4).set("output", folder.resolve("whole")).run();
    final var history = run.history();
    run.set("output", folder.resolve("resumed"));
    interrupt();
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertEquals(history, run.history());
    // Of 18 steps, with an evaluation after each epoch of six; the last steps; and the test split,
    // of the best model.
    int best = 6 * run.json("metrics.json").get("best_epoch").asInt();
    assertEquals(
        List.of(4, 6, 8, 12, 12, 16, 18, 18, best),
        history.stream().map(line -> line.get("step").asInt()).toList());
    assertEquals(
        List.of("step", "epoch", "eval_loss", "eval_accuracy"),
        names(history.get(1)).subList(0, 4));
    assertEquals(
        List.of("step", "epoch", "test_loss", "test_accuracy"),
        names(history.get(8)).subList(0, 4));
  }

  private static List<String> names(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void twoRunsDoNotShareAFolder() {
    TinyRun.Listener second =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            UserException e =
                assertThrows(
                    UserException.class, () -> run.run(RunMode.NEW, new TinyRun.Listener()));
            assertEquals(run.workplace() + ": another process is writing there", e.getMessage());
            assertEquals(Optional.of(new OtherOutput()), e.remedy());
            throw new Stop();
          }
        };
    assertThrows(Stop.class, () -> run.run(RunMode.NEW, second));
    // Whoever stops gives it back.
    run.run(RunMode.RESUME, new TinyRun.Listener());
  }

  @Test
  void settingsThatChangeNoWeightMayChange() {
    interrupt();
    TinyRun.Listener listener = new TinyRun.Listener();
    run.set("train.log-every", 5)
        .set("train.evaluation-batch-size", 3)
        .run(RunMode.RESUME, listener);
    assertTrue(listener.notices().contains("resuming after step 6"), listener.notices()::toString);
  }

  @Test
  void earlierResultsStayUntilTheNextRunIsDone() {
    run.run();
    final Map<String, String> earlier = run.published();
    assertTrue(earlier.size() > 8, earlier.keySet()::toString);
    run.set("train.seed", 43);
    interrupt(RunMode.OVERWRITE);
    assertEquals(earlier, run.published());
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertNotEquals(earlier, run.published());
    assertEquals(earlier.keySet(), run.published().keySet());
  }

  @Test
  void withNothingToResumeTheRunBeginsAtTheBeginning() {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(
        listener
            .notices()
            .contains("no unfinished run in " + run.results() + ": starting from the beginning"),
        listener.notices()::toString);
    // 18 steps, three evaluations and the test split.
    assertEquals(22, run.history().size());
  }

  /** Whoever is killed leaves all as it is at that moment. */
  @Test
  void whatWasToBeReplacedIsReplacedByTheRunThatGoesOnFromTheBeginning() throws IOException {
    run.set("output", folder.resolve("whole")).set("train.seed", 43).run();
    final byte[] weights = Files.readAllBytes(run.weights());
    run.set("output", folder.resolve("killed")).set("train.seed", 42).run();
    final Map<String, String> earlier = run.published();
    run.set("train.seed", 43);
    Path left = folder.resolve("left");
    TinyRun.Listener killed =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            copy(run.workplace(), left);
            throw new Stop();
          }
        };
    assertThrows(Stop.class, () -> run.run(RunMode.OVERWRITE, killed));
    assertFalse(Files.exists(run.workplace()));
    copy(left, run.workplace());
    assertEquals(earlier, run.published());

    // Another one was not allowed to replace them.
    run.set("train.seed", 44);
    assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    copy(left, run.workplace());
    run.set("train.seed", 43).run(RunMode.RESUME, new TinyRun.Listener());
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
    assertFalse(Files.exists(run.workplace()));
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String problem) {
    UserException e =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertEquals(
        "%s: %s".formatted(run.workplace().resolve("unfinished"), problem), e.getMessage());
    assertEquals(Optional.of(new StartOver()), e.remedy());
  }

  private void runAnew() {
    run.run(RunMode.NEW, new TinyRun.Listener());
  }

  private void interrupt() {
    interrupt(RunMode.NEW);
  }

  private void interrupt(RunMode mode) {
    TinyRun.Listener stop =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              throw new Stop();
            }
          }
        };
    assertThrows(Stop.class, () -> run.run(mode, stop));
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
