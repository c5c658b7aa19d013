// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs of a tiny model on data made up on the spot, in a folder of their own. */
public final class TinyRun {

  /** Opens folders only. */
  public static final ModelStore STORE = ModelStore.ofUser(true, DownloadListener.NONE);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final Map<String, String> values = new LinkedHashMap<>();
  private TaskPlugin<?> plugin = TinyTask.classifier();

  /**
   * @param folder where model, data and results go
   * @param dropout of the model
   */
  public TinyRun(Path folder, double dropout) {
    this.folder = folder;
    set("model", TinyBert.write(folder.resolve("tiny-bert"), dropout));
    set("device", "cpu");
    set("max-length", 16);
    set("output", folder.resolve("runs"));
    set("train.epochs", 3);
    set("train.batch-size", 4);
    set("train.learning-rate", 1e-3);
    set("train.log-every", 1);
  }

  public TinyRun set(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  TinyRun task(TaskPlugin<?> task) {
    plugin = task;
    return this;
  }

  /** Writes a split of random pairs with random labels. */
  public TinyRun pairs(String split, int rows, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          "%s,%s,%s"
              .formatted(text(random), text(random), List.of("no", "yes").get(random.nextInt(2))));
    }
    return rows(split, lines);
  }

  /** Writes a split of rows {@code first,second,label}. */
  public TinyRun rows(String split, List<String> rows) {
    List<String> lines = new ArrayList<>(List.of("first,second,label"));
    lines.addAll(rows);
    Path file = folder.resolve(split + ".csv");
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return set("data." + split, file);
  }

  public TaskConfig<?> config(String... assignments) {
    return AppConfig.of(
        values, "a test", plugin, Stream.of(assignments).map(Assignments::parse).toList());
  }

  /** Runs from the beginning to the end, whatever is there. */
  public RunResult run() {
    return run(RunMode.OVERWRITE, new Listener());
  }

  RunResult run(RunMode mode, RunListener listener) {
    return run(mode, listener, new Interruption());
  }

  RunResult run(RunMode mode, RunListener listener, Interruption interruption) {
    return new FineTuning(config(), STORE, mode, listener, interruption).run();
  }

  public TaskPlugin<?> plugin() {
    return plugin;
  }

  /** The folder of the results. */
  Path results() {
    return Path.of(values.get("output")).resolve(plugin.name());
  }

  /** Where it works until it is done. */
  Path workplace() {
    return results().resolveSibling("." + plugin.name());
  }

  /** A file of the results. */
  Path file(String name) {
    return results().resolve(name);
  }

  Path weights() {
    return file("model/model.safetensors");
  }

  public JsonNode json(String name) {
    return read(file(name)).get(0);
  }

  /** history.jsonl without the speed, which no two runs share. */
  List<JsonNode> history() {
    List<JsonNode> lines = read(file("history.jsonl"));
    lines.forEach(line -> ((ObjectNode) line).remove("examples_per_second"));
    return lines;
  }

  /** The lines of {@link #history} that are of the training. */
  List<JsonNode> trained() {
    return history().stream().filter(line -> line.has("loss")).toList();
  }

  /** The JSON documents in a file. */
  public static List<JsonNode> read(Path file) {
    try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plain values as they are after writing and reading. */
  public static JsonNode tree(Object value) {
    try {
      return MAPPER.readTree(MAPPER.writeValueAsString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** report.json without what tells the time and the speed, which no two runs share. */
  JsonNode report() {
    ObjectNode report = (ObjectNode) json("report.json");
    report.remove("timing");
    ((ObjectNode) report.at("/curves/training/series")).remove("examples_per_second");
    return report;
  }

  /** Name and content of each file that users see, but for those that tell the time. */
  Map<String, String> published() {
    try (Stream<Path> files = Files.walk(results())) {
      Map<String, String> contents = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = results().relativize(file).toString();
        if (!name.startsWith(".")
            && !name.equals("run.log")
            && !name.startsWith("report.")
            && !name.startsWith("tensorboard/")) {
          contents.put(name, java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two to five random words. */
  static String text(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      words.add(TinyBert.WORDS.get(random.nextInt(TinyBert.WORDS.size())));
    }
    return String.join(" ", words);
  }

  /** Keeps what it is told, and may be extended to stop a run. */
  public static class Listener implements RunListener {

    private final List<Opening> openings = new ArrayList<>();
    private final List<SplitSummary> splits = new ArrayList<>();
    private final List<Evaluated> evaluations = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private String title = "";

    /** The only opening. */
    Opening opening() {
      assertEquals(1, openings.size());
      return openings.get(0);
    }

    public List<SplitSummary> splits() {
      return splits;
    }

    public List<Evaluated> evaluations() {
      return evaluations;
    }

    public List<String> notices() {
      return notices;
    }

    public String title() {
      return title;
    }

    @Override
    public void opened(Opening opening) {
      openings.add(opening);
    }

    @Override
    public void read(SplitSummary split) {
      splits.add(split);
    }

    @Override
    public void evaluated(Evaluated evaluated) {
      evaluations.add(evaluated);
    }

    @Override
    public void notice(String line) {
      notices.add(line);
    }

    @Override
    public void begin(String title, Counted counted, long total) {
      this.title = title;
    }

    @Override
    public void advance(long done, String detail) {}

    @Override
    public void end() {}
  }
}
