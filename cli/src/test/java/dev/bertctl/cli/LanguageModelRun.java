// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.Opening;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.core.runs.SplitSummary;
import dev.bertctl.download.DownloadListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of a language-model task on the data of examples/language-model. */
final class LanguageModelRun {

  /** The data. */
  static final Path DATA = Path.of("../examples/language-model");

  /** Opens folders only. */
  static final ModelStore STORE = ModelStore.ofUser(true, DownloadListener.NONE);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String task;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param output where the run's folder goes
   */
  LanguageModelRun(String task, Path output) {
    this.task = task;
    set("device", "cpu");
    set("max-length", 32);
    set("output", output);
    set("data.train", DATA.resolve("train.txt"));
    set("data.validation", DATA.resolve("dev.txt"));
    set("train.epochs", 1);
    set("train.batch-size", 8);
    set("train.learning-rate", 1e-3);
    set("train.log-every", 1);
  }

  LanguageModelRun set(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  TaskConfig<?> config() {
    return AppConfig.of(values, "a test", BuiltInTasks.plugin(task), List.of());
  }

  /** Runs from the beginning to the end, whatever is there. */
  RunResult run() {
    return run(RunMode.OVERWRITE, new Listener());
  }

  RunResult run(RunMode mode, RunListener listener) {
    return new FineTuning(config(), STORE, mode, listener, new Interruption()).run();
  }

  /** Where the folders of runs are. */
  Path output() {
    return Path.of(values.get("output"));
  }

  /** A file of the results. */
  Path file(String name) {
    return output().resolve(task).resolve(name);
  }

  /** The saved model. */
  Path model() {
    return file("model");
  }

  JsonNode metrics() {
    return json(file("metrics.json")).get(0);
  }

  /** history.jsonl without the speed, which no two runs share. */
  List<JsonNode> history() {
    List<JsonNode> lines = json(file("history.jsonl"));
    lines.forEach(line -> ((ObjectNode) line).remove("examples_per_second"));
    return lines;
  }

  /** The lines of {@link #history} that are of the training. */
  List<JsonNode> trained() {
    return history().stream().filter(line -> line.has("loss")).toList();
  }

  /** The JSON documents in a file. */
  static List<JsonNode> json(Path file) {
    try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what it is told, and may be extended to stop a run. */
  static class Listener implements RunListener {

    private final List<String> notices = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();

    List<String> notices() {
      return notices;
    }

    /** What the run began with. */
    Opening opening() {
      return openings.get(0);
    }

    @Override
    public void opened(Opening opening) {
      openings.add(opening);
    }

    @Override
    public void read(SplitSummary split) {}

    @Override
    public void evaluated(Evaluated evaluated) {}

    @Override
    public void notice(String line) {
      notices.add(line);
    }

    @Override
    public void begin(String title, Counted counted, long total) {}

    @Override
    public void advance(long done, String detail) {}

    @Override
    public void end() {}
  }
}
