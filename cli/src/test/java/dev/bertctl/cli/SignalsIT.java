// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What runs do when they are told to terminate, or are interrupted more than once. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalsIT {

  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;
  private SmallRun run;
  private Process process;

  @BeforeEach
  void data() throws IOException {
    run = new SmallRun(APP, folder);
  }

  @AfterEach
  void endProcess() {
    process.destroyForcibly();
  }

  @Test
  void toldToTerminateItKeepsACheckpoint() throws Exception {
    // More than it could do meanwhile.
    run.set("train.epochs=1000");
    process = run.start();
    assertTrue(SmallRun.await(process, () -> run.lastStep() > 0));
    SmallRun.send("TERM", process);
    String err = ended(143);
    Matcher interrupted =
        Pattern.compile(
                "\nbertctl: interrupted after step (\\d+); a checkpoint is kept;"
                    + " the same command with --resume goes on from there\n$")
            .matcher(err);
    assertTrue(interrupted.find(), err);
    assertTrue(Files.exists(run.checkpoint(Long.parseLong(interrupted.group(1)))), err);

    process = run.start("--resume");
    try (BufferedReader lines = process.errorReader()) {
      readUntil(lines, "resuming after step " + interrupted.group(1));
    }
  }

  @Test
  void theSecondSignalEndsItAtOnceWithItsOwnCode() throws Exception {
    manySmallParts();
    process = run.start();
    try (BufferedReader lines = process.errorReader()) {
      assertTrue(SmallRun.await(process, () -> Files.exists(run.checkpoint(1))));
      PackagedApp.interrupt(process);
      readUntil(lines, "stopping after this step, with a checkpoint; once more stops at once");
      SmallRun.send("TERM", process);
      String rest = lines.lines().collect(Collectors.joining("\n"));
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(143, process.exitValue(), rest);
      assertTrue(
          rest.endsWith(
              "\ninterrupted; the same command with --resume goes on from the last checkpoint"),
          rest);
    }
    assertEquals(List.of(1L), run.checkpoints());

    process = run.start("--resume");
    try (BufferedReader lines = process.errorReader()) {
      readUntil(lines, "resuming after step 1");
    }
  }

  /** Steps of seconds, so that two signals arrive in one. */
  private void manySmallParts() throws IOException {
    List<String> rows = Files.readAllLines(run.training());
    Files.write(
        run.training(),
        Collections.nCopies(50, rows).stream()
            .flatMap(List::stream)
            .collect(Collectors.toCollection(ArrayList::new)));
    run.set("data.sample.train=1")
        .set("train.batch-size=1000")
        .set("train.micro-batch-size=1")
        .set("train.checkpoint-every=1 steps")
        .set("train.evaluate-every=1 epoch");
  }

  @Test
  void beforeTheTrainingThereIsNothingToKeep() throws Exception {
    Files.delete(run.training());
    assertEquals(0, new ProcessBuilder("mkfifo", run.training().toString()).start().waitFor());
    process = run.start();
    // Opens once the run does, which then waits for the rest of the row.
    try (OutputStream rows = Files.newOutputStream(run.training())) {
      rows.write('{');
      PackagedApp.interrupt(process);
      String err = ended(130);
      assertTrue(
          err.endsWith("\ninterrupted; nothing was replaced in %s\n".formatted(run.results())),
          err);
    }
    assertFalse(Files.exists(run.results()));
  }

  /** As some supervisors start Java. */
  @Test
  void aVirtualMachineThatHearsNoSignalsRunsAllTheSame() throws Exception {
    List<String> line = new ArrayList<>(APP.command());
    line.add(1, "-Xrs");
    SmallRun deaf = new SmallRun(new PackagedApp(line, APP.folder(), APP.environment()), folder);
    deaf.set("train.epochs=1");
    process = deaf.start();
    PackagedApp.Result result = PackagedApp.await(process).success();
    assertTrue(
        result
            .err()
            .contains(
                "Java's -Xrs keeps signals from this run: Ctrl-C ends it at once, without a"
                    + " checkpoint\n"),
        result.err());
  }

  private String ended(int exitCode) throws InterruptedException {
    PackagedApp.Result result = PackagedApp.await(process);
    assertEquals(exitCode, result.exitCode(), result.err());
    return "\n" + result.err();
  }

  private static void readUntil(BufferedReader lines, String expected) throws IOException {
    String line;
    do {
      line = lines.readLine();
      assertTrue(line != null, "the run ended without: " + expected);
    } while (!line.equals(expected));
  }
}
