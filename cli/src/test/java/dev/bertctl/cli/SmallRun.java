// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run of the packaged application that is over in a second or two, and has all that could go on
 * at the wrong place: dropout, shuffling, a sample of the data, batches in parts, evaluations in
 * the midst of an epoch, and a last batch that is not full.
 */
final class SmallRun {

  /** Steps from one checkpoint to the next. */
  static final int CHECKPOINT_EVERY = 3;

  /** Steps at least. */
  static final int STEPS = 200;

  private static final Path EXAMPLES = Path.of("../examples/nli").toAbsolutePath().normalize();
  private static final long LONGEST_MINUTES = 3;

  private final PackagedApp app;
  private final Path folder;
  private final List<String> options = new ArrayList<>();
  private Path output;

  /**
   * @param folder where its data and results go
   */
  SmallRun(PackagedApp app, Path folder) throws IOException {
    this.app = app;
    this.folder = folder;
    this.output = folder.resolve("runs");
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        model:
          new: {layers: 1, hidden: 16, heads: 2, intermediate: 32, vocabulary-size: 300, max-positions: 64}
        device: cpu
        max-length: 32
        calibrate: temperature
        train:
          epochs: 30
          batch-size: 8
          micro-batch-size: 3
          dropout: 0.1
          learning-rate: 1e-2
          seed: 1
          log-every: 1
          evaluate-every: 5 steps
          checkpoint-every: %d steps
          keep-checkpoints: 3
        data: {train: train.jsonl, validation: dev.jsonl, test: dev.jsonl, sample: {train: 0.8}}
        """
            .formatted(CHECKPOINT_EVERY));
    Files.write(folder.resolve("train.jsonl"), rows("train.jsonl", 80));
    Files.write(validation(), rows("dev.jsonl", 16));
  }

  private static List<String> rows(String file, int number) throws IOException {
    return Files.readAllLines(EXAMPLES.resolve(file)).subList(0, number);
  }

  /** Another setting. */
  SmallRun set(String setting) {
    options.add("--set=" + setting);
    return this;
  }

  /** The same run, with its results elsewhere. */
  SmallRun into(String name) {
    output = folder.resolve(name);
    return this;
  }

  Path validation() {
    return folder.resolve("dev.jsonl");
  }

  Path training() {
    return folder.resolve("train.jsonl");
  }

  /** Where the results go. */
  Path results() {
    return output.resolve("nli");
  }

  /** Where a run is that is not done. */
  Path unfinished() {
    return output.resolve(".nli/unfinished");
  }

  Path checkpoint(long step) {
    return unfinished().resolve("checkpoint-" + step);
  }

  /** Starts it. */
  Process start(String... more) throws IOException {
    return app.start(arguments(more));
  }

  /** Runs it to its end. */
  PackagedApp.Result run(String... more) throws IOException, InterruptedException {
    return app.run(arguments(more));
  }

  private String[] arguments(String... more) {
    return Stream.of(
            Stream.of(
                "run",
                "nli",
                "--offline",
                "--config=" + folder.resolve("app.yaml"),
                "--output=" + output),
            options.stream(),
            Stream.of(more))
        .flatMap(some -> some)
        .toArray(String[]::new);
  }

  /** Steps done at the newest checkpoint; empty if there is none. */
  OptionalLong lastCheckpoint() throws IOException {
    return checkpoints().stream().mapToLong(Long::longValue).max();
  }

  /** Steps done at each checkpoint. */
  List<Long> checkpoints() throws IOException {
    if (!Files.isDirectory(unfinished())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(unfinished())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("checkpoint-"))
          .map(name -> Long.valueOf(name.substring("checkpoint-".length())))
          .sorted()
          .toList();
    }
  }

  /** The last step in the history of a run that is not done; 0 if there is none. */
  long lastStep() {
    try {
      Path history = unfinished().resolve("history.jsonl");
      return Pattern.compile("\\{\"step\":(\\d+),[^\\n]*\"learning_rate\"")
          .matcher(Files.exists(history) ? Files.readString(history) : "")
          .results()
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .reduce(0, (one, next) -> next);
    } catch (IOException e) {
      // Its results take their place at this moment.
      return STEPS;
    }
  }

  /**
   * Waits until something is so.
   *
   * @return whether it is; not if the process has ended
   */
  static boolean await(Process process, BooleanSupplier event) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (!event.getAsBoolean()) {
      if (!process.isAlive()) {
        return event.getAsBoolean();
      }
      assertTrue(System.nanoTime() < until, "still waiting after minutes");
      Thread.sleep(5);
    }
    return true;
  }

  /** Sends a signal by its name. */
  static void send(String signal, Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Name and content of all files there are, but for speeds and what tells the time. */
  Map<String, String> outcome() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = output.relativize(file).toString();
        // The page is made of report.json.
        if (!name.endsWith("run.log")
            && !name.endsWith("report.html")
            && !name.contains("tensorboard/")) {
          contents.put(name, content(file));
        }
      }
    }
    return contents;
  }

  private String content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return file.toString().endsWith(".safetensors")
        ? HexFormat.of().formatHex(bytes)
        : new String(bytes, StandardCharsets.UTF_8)
            .replaceAll("\"examples_per_second\":[^,}]*", "")
            .replaceAll("\"(examples_per_second|timing)\" : [\\[{][^\\]}]*", "")
            .replace(output.toString(), "OUTPUT");
  }

  /** Makes sure that it ended as another one did. */
  void assertOutcome(Map<String, String> expected, String message) throws IOException {
    Map<String, String> found = outcome();
    assertEquals(expected.keySet(), found.keySet(), message);
    expected.forEach((name, content) -> assertEquals(content, found.get(name), name + message));
  }
}
