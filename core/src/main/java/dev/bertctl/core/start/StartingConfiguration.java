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
import dev.bertctl.core.runs.RunJob;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.InputColumn.Kind;
import dev.bertctl.spi.data.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final List<String> texts = new ArrayList<>();
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
   * @throws dev.bertctl.runtime.UserException if the task is not trained
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
    Optional<TableFacts> table =
        TABLES.contains(file.format()) && !columns(start.config).isEmpty()
            ? Optional.of(TableFacts.of(file))
            : Optional.empty();
    table.ifPresent(found -> start.mapColumns(found, file.location()));
    start.splitOff(file);
    Map<String, String> options = start.findOptions();
    // Some options say which columns there are.
    table.ifPresent(found -> start.tellOfColumns(found, file.location()));
    options.forEach((key, value) -> start.notes.add(new Note(key, value)));
    table.ifPresent(start::chooseModel);
    RunJob.requireTrained(start.config, start.config.createTask());
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
    if (!given.contains(key) && !config.plugin().defaultSettings().containsKey(key)) {
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

  private Map<InputColumn, ColumnChoice.Chosen> chosen(TableFacts table, Location file) {
    return ColumnChoice.of(file, table, config.settings().data().columns(), columns(config));
  }

  /** Columns whose names do not tell what they are. */
  private void mapColumns(TableFacts table, Location file) {
    chosen(table, file)
        .forEach(
            (input, column) -> {
              if (column.guessed()) {
                choose("data.columns." + input.column().name(), column.name(), column.why());
              }
            });
  }

  private void tellOfColumns(TableFacts table, Location file) {
    chosen(table, file)
        .forEach(
            (input, column) -> {
              String key = "data.columns." + input.column().name();
              String why =
                  given.contains(key) ? column.why() : reasons.getOrDefault(key, column.why());
              notes.add(
                  new Note(
                      notes.isEmpty() ? "columns" : "",
                      "%s: '%s', %s".formatted(input.column().name(), column.name(), why)));
              if (input.kind() == Kind.TEXT) {
                texts.add(column.name());
              }
            });
  }

  private void chooseModel(TableFacts table) {
    boolean chinese = table.isChinese(texts);
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

  /** What the task found, for the user to see, by option. */
  private Map<String, String> findOptions() {
    TaskConfig<?> complete = FoundOptions.complete(config);
    Map<String, String> found = new LinkedHashMap<>();
    complete
        .optionValues()
        .forEach(
            (key, value) -> {
              if (!value.equals(config.optionValues().get(key))) {
                reasons.put(key, "found in the data");
                found.put(key, value.replace(",", ", ") + ", found in the data");
              }
            });
    config = complete;
    return found;
  }

  private void fitLengths(ModelStore store) {
    DataReport report = new DataInspection(config, store).run();
    SplitReport training = report.splits().get(0);
    Set<String> own = config.plugin().defaultSettings().keySet();
    if (!own.contains("max-length") && !training.lengths().isEmpty()) {
      FittedLength fitted = FittedLength.of(training.lengths());
      choose("max-length", fitted.maxLength(), fitted.why());
      notes.add(
          new Note("max-length", config.settings().maxLength() + ": " + reasons.get("max-length")));
    }
    if (!own.contains("train.batch-size")) {
      FittedTraining.of(training.counts().examples())
          .settings()
          .forEach((key, setting) -> choose(key, setting.value(), setting.why()));
    }
    report.warnings().forEach(warning -> notes.add(new Note("warning", warning)));
  }
}
