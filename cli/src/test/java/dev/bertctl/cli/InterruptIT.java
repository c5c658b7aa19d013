// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a model is trained, and going on afterwards. */
class InterruptIT {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;

  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = WordModel.write(folder.resolve("tiny-bert"), EXAMPLES);
  }

  @Test
  void endsAfterTheStepUnderWayAndGoesOnFromThere() throws Exception {
    String err = interruptAt("epoch 2 of 20");

    Matcher interrupted =
        Pattern.compile(
                "\nbertctl: interrupted after step (\\d+); a checkpoint is kept;"
                    + " the same command with --resume goes on from there\n$")
            .matcher(err);
    assertTrue(interrupted.find(), err);
    assertTrue(
        err.contains("\nstopping after this step, with a checkpoint; once more stops at once\n"),
        err);
    assertFalse(Files.exists(folder.resolve("nli/metrics.json")));

    PackagedApp.Result resumed = APP.run(command("--resume", "--json"));

    JsonNode metrics = resumed.json();
    assertTrue(
        resumed.err().contains("\nresuming after step %s\n".formatted(interrupted.group(1))),
        resumed.err());
    assertEquals(20, metrics.get("evaluations").size());
    assertTrue(Files.exists(folder.resolve("nli/metrics.json")));
  }

  @Test
  void duringAnEvaluationNothingOfTheTrainingIsLost() throws Exception {
    String err = interruptAt("evaluating epoch 1: ");

    Matcher interrupted =
        Pattern.compile("\nbertctl: interrupted after step (\\d+); a checkpoint is kept;")
            .matcher(err);
    assertTrue(interrupted.find(), err);
    assertTrue(Long.parseLong(interrupted.group(1)) >= 240, err);
  }

  /**
   * Runs until a line is printed, and interrupts.
   *
   * @return what was printed from there on
   */
  private String interruptAt(String line) throws IOException, InterruptedException {
    Process process = APP.start(command());
    try (BufferedReader err = process.errorReader()) {
      String printed;
      do {
        printed = err.readLine();
        assertTrue(printed != null, "the run ended without: " + line);
      } while (!printed.startsWith(line));
      PackagedApp.interrupt(process);
      String rest = err.lines().map(text -> text + "\n").collect(Collectors.joining());
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(130, process.exitValue(), rest);
      return "\n" + rest;
    }
  }

  /** Twenty epochs of many small steps: long enough to be interrupted. */
  private String[] command(String... more) {
    return Stream.concat(
            Stream.of(
                "run",
                "nli",
                "--config=" + EXAMPLES.resolve("app.yaml"),
                "--output=" + folder,
                "--set=model=" + model,
                "--set=device=cpu",
                "--set=tasks.nli.train.epochs=20",
                "--set=tasks.nli.train.batch-size=2"),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
