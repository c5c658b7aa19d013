// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that is killed, and one that is interrupted, and what becomes of them. */
class SearchIT {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;

  private Path config;

  @BeforeEach
  void write() throws IOException {
    WordModel.write(folder.resolve("tiny-bert"), EXAMPLES);
    config =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: ./tiny-bert
            device: cpu
            max-length: 64
            data: {train: %1$s/nli/train.jsonl, validation: %1$s/nli/dev.jsonl}
            train: {epochs: 3, batch-size: 8, checkpoint-every: 5 steps}
            search:
              trials: 3
              space: [{key: train.learning-rate, from: 1e-4, to: 1e-2, scale: log}]
            """
                .formatted(EXAMPLES));
  }

  @Test
  void killedAndInterruptedItFindsWhatItWouldHaveFound() throws Exception {
    JsonNode whole = APP.run(command("whole", "--json")).json();

    Process killed = APP.start(command("cut-off"));
    readUntil(killed, "trial 2 (2 of 3)");
    readUntil(killed, "epoch 1 of 1");
    killed.destroyForcibly().waitFor();

    Process interrupted = APP.start(command("cut-off", "--resume"));
    // That is the trial which is trained for longer; the others have only one epoch.
    String err = readUntil(interrupted, "epoch 2 of 3");
    assertTrue(err.contains("resuming; trainings that have ended: 1\n"), err);
    assertTrue(err.contains("\nresuming after step "), err);
    PackagedApp.interrupt(interrupted);
    String rest = interrupted.errorReader().lines().collect(Collectors.joining("\n"));
    assertTrue(interrupted.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, interrupted.exitValue(), rest);
    assertTrue(
        rest.endsWith("a checkpoint is kept; the same command with --resume goes on from there"),
        rest);

    PackagedApp.Result resumed = APP.run(command("cut-off", "--resume", "--json"));
    assertEquals(untimed(whole), untimed(resumed.json()));
    assertTrue(resumed.err().contains("\nresuming after step "), resumed.err());
    assertEquals(
        untimed(whole),
        untimed(
            new ObjectMapper()
                .readTree(folder.resolve("cut-off/nli-search/search.json").toFile())));
  }

  private static JsonNode untimed(JsonNode search) {
    search.findParents("seconds").forEach(training -> ((ObjectNode) training).remove("seconds"));
    return search;
  }

  private static String readUntil(Process process, String line) throws IOException {
    BufferedReader err = process.errorReader();
    StringBuilder read = new StringBuilder();
    String printed;
    do {
      printed = err.readLine();
      assertTrue(printed != null, () -> "it ended without: " + line + "\n" + read);
      read.append(printed).append('\n');
    } while (!printed.startsWith(line));
    return read.toString();
  }

  private String[] command(String output, String... more) {
    return Stream.concat(
            Stream.of("search", "nli", "--config=" + config, "--output=" + folder.resolve(output)),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
