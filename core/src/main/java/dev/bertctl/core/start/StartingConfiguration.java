// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.core.inspect.SplitReport;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.DataInspection;
import dev.bertctl.core.runs.FoundOptions;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.InputColumn.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration made of data files: their columns, labels and lengths say what the user has not
 * said. The same files and assignments make the same configuration.
 */
public final class StartingConfiguration {

  private static final String PLACE = "the data";
  private static final String SHARE = "0.1";
  private static final String ENGLISH = "minilm-l6";
  private static final String CHINESE = "bge-small-zh";
  private static final Set<Format> TABLES = EnumSet.of(Format.CSV, Format.TSV, Format.JSONL);

  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final Set<String> given;
  private TaskConfig<?> config;

  /**
   * What was found out, for the user to see.
   *
   * @param about a word
   * @param text what and why
   */
  public record Note(String about, String text) {}

  private StartingConfiguration(TaskConfig<?> config, Set<String> given) {
    this.config = config;
    this.given = given;
  }

  /**
   * Looks at data files.
   *
   * @param plugin the task
   * @param data files to train on, and patterns of such
   * @param assignments what the user has said, which is not asked of the data
   * @param store where the model comes from, whose tokens are counted
   * @throws dev.bertctl.spi.data.DataException if the task's columns are not found, or data are
   *     wrong
   */
  public static StartingConfiguration of(
      TaskPlugin<?> plugin, List<Path> data, List<Assignment> assignments, ModelStore store) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", ENGLISH);
    values.put("data.train", AppConfig.list(data.stream().map(Path::toAbsolutePath).toList()));
    Set<String> given = new LinkedHashSet<>();
    assignments.forEach(one -> given.add(key(one, plugin)));
    StartingConfiguration start =
        new StartingConfiguration(AppConfig.of(values, PLACE, plugin, assignments), given);
    values.keySet().forEach(key -> start.reasons.put(key, ""));
    start.reasons.put("output", "");
    given.forEach(key -> start.reasons.put(key, "as given"));
    DataFile file = new Splits(start.config).open(SplitName.TRAIN);
    start.findColumns(file);
    start.splitOff(file);
    start.findOptions();
    start.fitLengths(store);
    return start;
  }

  private static String key(Assignment assignment, TaskPlugin<?> plugin) {
    String section = "tasks.%s.".formatted(plugin.name());
    String key = assignment.key();
    return key.startsWith(section) ? key.substring(section.length()) : key;
  }

  /** The configuration. */
  public TaskConfig<?> config() {
    return config;
  }

  /** What was found out. */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** The configuration as a file that says why each value stands there. */
  public String text() {
    Map<String, String> comments = new LinkedHashMap<>(reasons);
    comments.values().removeIf(String::isEmpty);
    return """
        # %s: %s
        # Made of the data; a comment says why a value is what it is. Change what you know better, then:
        # bertctl run %s --config FILE
        """
            .formatted(config.plugin().name(), config.plugin().summary(), config.plugin().name())
        + config.toYaml(new LinkedHashSet<>(reasons.keySet()), comments);
  }

  private void choose(String key, Object value, String reason) {
    if (!given.contains(key)) {
      config = config.withSettings(Map.of(key, value), PLACE);
      reasons.put(key, reason);
    }
  }

  /** A JSON document is not divided. */
  private void splitOff(DataFile file) {
    if (given.contains("data.validation")) {
      return;
    }
    if (file.format() == Format.JSON) {
      notes.add(
          new Note(
              "validation",
              "none, as a JSON document is not divided; name some as data.validation"));
    } else {
      choose("data.split", SHARE, "a tenth to validate on, of each label alike");
    }
  }

  private void findColumns(DataFile file) {
    List<InputColumn> wanted = columns(config);
    if (wanted.isEmpty() || !TABLES.contains(file.format())) {
      return;
    }
    TableFacts table = TableFacts.of(file);
    List<String> texts = new ArrayList<>();
    ColumnChoice.of(file.location(), table, config.settings().data().columns(), wanted)
        .forEach(
            (input, column) -> {
              String name = input.column().name();
              notes.add(
                  new Note(
                      notes.isEmpty() ? "columns" : "",
                      "%s: '%s', %s".formatted(name, column.name(), column.why())));
              if (column.guessed()) {
                choose("data.columns." + name, column.name(), column.why());
              }
              if (input.kind() == Kind.TEXT && table.columns().containsKey(column.name())) {
                texts.add(column.name());
              }
            });
    chooseModel(table.isChinese(texts));
  }

  private void chooseModel(boolean chinese) {
    choose(
        "model",
        chinese ? CHINESE : ENGLISH,
        chinese
            ? "the texts are Chinese"
            : "small, quick, English; `bertctl models list` has others");
    notes.add(new Note("model", config.values().get("model") + ": " + reasons.get("model")));
  }

  private static <O> List<InputColumn> columns(TaskConfig<O> config) {
    return config.plugin().columns(config.options());
  }

  private void findOptions() {
    TaskConfig<?> complete = FoundOptions.complete(config);
    complete
        .optionValues()
        .forEach(
            (key, value) -> {
              if (!value.equals(config.optionValues().get(key))) {
                reasons.put(key, "found in the data");
                notes.add(new Note(key, value.replace(",", ", ") + ", found in the data"));
              }
            });
    config = complete;
  }

  private void fitLengths(ModelStore store) {
    DataReport report = new DataInspection(config, store).run();
    SplitReport training = report.splits().get(0);
    boolean own = config.plugin().defaultSettings().containsKey("max-length");
    if (!own && !training.lengths().isEmpty()) {
      FittedLength fitted = FittedLength.of(training.lengths());
      choose("max-length", fitted.maxLength(), fitted.why());
      notes.add(
          new Note("max-length", config.settings().maxLength() + ": " + reasons.get("max-length")));
    }
    FittedTraining.of(training.counts().examples())
        .settings()
        .forEach((key, setting) -> choose(key, setting.value(), setting.why()));
    report.warnings().forEach(warning -> notes.add(new Note("warning", warning)));
  }
}
