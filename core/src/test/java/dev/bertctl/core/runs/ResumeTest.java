// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    final var history = run.history();

    run.set("output", folder.resolve("resumed"));
    interrupt();
    assertFalse(Files.exists(run.file("metrics.json")));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(true, listener);
    assertTrue(listener.notices().contains("resuming after epoch 1"), listener.notices()::toString);
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
    assertEquals(metrics, run.json("metrics.json"));
    assertEquals(history, run.history());
    assertFalse(Files.exists(run.file(".unfinished")));
  }

  @Test
  void startingOverForgetsTheInterruptedRun() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final byte[] weights = Files.readAllBytes(run.weights());
    final var history = run.history();

    run.set("output", folder.resolve("restarted"));
    interrupt();
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(false, listener);
    assertTrue(
        listener
            .notices()
            .contains("starting over; the unfinished run in " + run.results() + " is dropped"),
        listener.notices()::toString);
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
    assertEquals(history, run.history());
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
    run.run(true, listener);
    assertTrue(listener.notices().contains("resuming after epoch 1"), listener.notices()::toString);
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
    run.run(true, listener);
    assertTrue(listener.notices().contains("resuming after epoch 1"), listener.notices()::toString);
  }

  @Test
  void aFailureInTheTestSplitLosesNoEpoch() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final var metrics = run.json("metrics.json");
    run.set("output", folder.resolve("failed"));
    TinyRun.Listener failing =
        new TinyRun.Listener() {
          @Override
          public void begin(String title, long total) {
            super.begin(title, total);
            if (title.equals("evaluating test")) {
              throw new Stop();
            }
          }
        };
    assertThrows(Stop.class, () -> run.run(false, failing));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(true, listener);
    assertTrue(listener.notices().contains("resuming after epoch 3"), listener.notices()::toString);
    assertEquals(metrics, run.json("metrics.json"));
  }

  @Test
  void aScoreThatIsNoNumberIsNoObstacle() {
    Deque<Double> scores = new ArrayDeque<>(List.of(Double.NaN));
    run.task(BestEpochTest.scripted(true, scores));
    interrupt();
    scores.addAll(List.of(0.5, 0.25, 0.75));
    run.run(true, new TinyRun.Listener());
    assertEquals(2, run.json("metrics.json").get("best_epoch").asInt());
  }

  @Test
  void aDamagedLogIsCutAndSaidSo() throws IOException {
    interrupt();
    Path log = run.file(".unfinished/history.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.writeString(log, lines.get(0) + "\n{\"step\":\0\0");
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(true, listener);
    assertTrue(
        listener
            .notices()
            .contains(
                log
                    + ":2: damaged; the log is without the lines from there to the last complete epoch"),
        listener.notices()::toString);
    // One of the first epoch, and all of the two others.
    assertEquals(13, run.history().size());
  }

  @Test
  void twoRunsDoNotShareAFolder() {
    TinyRun.Listener second =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            UserException e =
                assertThrows(UserException.class, () -> run.run(false, new TinyRun.Listener()));
            assertEquals(run.results() + ": another process is writing there", e.getMessage());
            assertEquals(Optional.of(new OtherOutput()), e.remedy());
            throw new Stop();
          }
        };
    assertThrows(Stop.class, () -> run.run(false, second));
    // Whoever stops gives it back.
    run.run(true, new TinyRun.Listener());
  }

  @Test
  void settingsThatChangeNoWeightMayChange() {
    interrupt();
    TinyRun.Listener listener = new TinyRun.Listener();
    run.set("train.log-every", 5).set("train.evaluation-batch-size", 3).run(true, listener);
    assertTrue(listener.notices().contains("resuming after epoch 1"), listener.notices()::toString);
  }

  @Test
  void earlierResultsStayUntilTheNextRunIsDone() {
    run.run();
    final Map<String, String> earlier = run.published();
    assertTrue(earlier.size() > 8, earlier.keySet()::toString);
    run.set("train.seed", 43);
    interrupt();
    assertEquals(earlier, run.published());
    run.run(true, new TinyRun.Listener());
    assertNotEquals(earlier, run.published());
    assertEquals(earlier.keySet(), run.published().keySet());
  }

  @Test
  void withNothingToResumeTheRunBeginsAtTheBeginning() {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(true, listener);
    assertTrue(
        listener
            .notices()
            .contains("no unfinished run in " + run.results() + ": starting from the beginning"),
        listener.notices()::toString);
    assertEquals(18, run.history().size());
  }

  private void assertRefused(String problem) {
    UserException e =
        assertThrows(UserException.class, () -> run.run(true, new TinyRun.Listener()));
    assertEquals("%s: %s".formatted(run.file(".unfinished"), problem), e.getMessage());
    assertEquals(Optional.of(new StartOver()), e.remedy());
  }

  private void interrupt() {
    TinyRun.Listener stop =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              throw new Stop();
            }
          }
        };
    assertThrows(Stop.class, () -> run.run(false, stop));
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
