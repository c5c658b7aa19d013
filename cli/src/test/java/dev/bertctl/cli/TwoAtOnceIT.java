// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same command twice at once: one does it, as if alone, and the other is refused or does it
 * again.
 */
class TwoAtOnceIT {

  @TempDir Path folder;

  private PackagedApp app;
  private SmallRun run;

  @BeforeEach
  void train() throws IOException, InterruptedException {
    app = PackagedApp.built().in(folder);
    run = new SmallRun(app, folder).set("train.epochs=1");
    run.run().success();
  }

  @Test
  void exportsAreWholeOrRefused() throws IOException, InterruptedException {
    String model = run.results().toString();
    app.run("export", model, "alone", "--format=huggingface").success();

    twice("export", model, "both", "--format=huggingface");

    assertEquals(names("alone"), names("both"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("alone/model.safetensors")),
        Files.readAllBytes(folder.resolve("both/model.safetensors")));
  }

  @Test
  void predictionsAndEvaluationsAreWholeOrRefused() throws IOException, InterruptedException {
    String model = run.results().toString();
    String data = run.validation().toString();
    app.run("predict", model, "--input", data, "--output=alone.jsonl").success();

    twice("predict", model, "--input", data, "--output=both.jsonl");
    twice("evaluate", model, "--data", data, "--predictions=again.jsonl", "--report=r.html");

    for (String name : List.of("both.jsonl", "again.jsonl")) {
      assertEquals(
          Files.readString(folder.resolve("alone.jsonl")),
          Files.readString(folder.resolve(name)),
          name);
    }
    assertTrue(Files.exists(folder.resolve("r.html")) && Files.exists(folder.resolve("r.json")));
    assertEquals(List.of(), names(".").stream().filter(name -> name.startsWith(".")).toList());
  }

  @Test
  void runsOfOneFolderAreRefused() throws IOException, InterruptedException {
    run.into("twice");
    Process first = run.start();
    assertTrue(SmallRun.await(first, () -> Files.exists(run.unfinished())));
    // Else it may be done before the other has begun.
    SmallRun.send("STOP", first);
    PackagedApp.Result second = run.run();
    SmallRun.send("CONT", first);

    assertEquals(0, PackagedApp.await(first).exitCode());
    assertEquals(1, second.exitCode());
    assertTrue(second.err().contains("there"), second.err());
  }

  /** At least one does it; what keeps the other from it is the first. */
  private void twice(String... command) throws IOException, InterruptedException {
    Process first = app.start(command);
    Process second = app.start(command);
    List<PackagedApp.Result> results = List.of(PackagedApp.await(first), PackagedApp.await(second));
    String said = results.toString();
    assertTrue(results.stream().anyMatch(result -> result.exitCode() == 0), said);
    for (PackagedApp.Result result : results) {
      assertTrue(
          result.exitCode() == 0
              || result.err().contains("another process is writing")
              || result.err().contains("both is not empty"),
          said);
    }
  }

  private List<String> names(String below) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(below))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
