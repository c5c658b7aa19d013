// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Texts to predict for that stand on the command line. */
@Command
final class TypedInput {

  private static final String QUESTION = "question";
  private static final String CONTEXT = "context";

  @Option(
      names = "--context",
      paramLabel = "FILE",
      description = "A passage that answers are looked for in, in place of --input.")
  private Optional<Path> context = Optional.empty();

  @Option(
      names = "--question",
      paramLabel = "TEXT",
      description = "A question on the passage of --context; may be given several times.")
  private List<String> questions = List.of();

  /**
   * Whether there are any.
   *
   * @param texts arguments behind the model
   */
  boolean isGiven(List<String> texts) {
    return !texts.isEmpty() || context.isPresent() || !questions.isEmpty();
  }

  /**
   * The texts as rows.
   *
   * @param texts arguments behind the model
   * @throws UserException if they are not what the task reads
   */
  DataFile rows(List<String> texts, TaskConfig<?> config) {
    List<InputColumn> read =
        columns(config).stream()
            .filter(column -> !column.kind().isGold() && column.required())
            .toList();
    List<String> names = read.stream().map(column -> column.column().name()).toList();
    if (context.isPresent() || !questions.isEmpty()) {
      return rows(config, List.of(QUESTION, CONTEXT), questionsOn(texts, config, names));
    }
    if (names.isEmpty()) {
      throw new UserException(
          "task '%s' takes no texts on the command line; give rows with --input"
              .formatted(config.plugin().name()));
    }
    if (texts.size() % names.size() != 0) {
      throw new UserException(
          "task '%s' reads %d texts in a row (%s), and there are %d on the command line; give as many for each row"
              .formatted(
                  config.plugin().name(), names.size(), String.join(", ", names), texts.size()));
    }
    return rows(config, names, texts);
  }

  private List<String> questionsOn(List<String> texts, TaskConfig<?> config, List<String> names) {
    if (!names.equals(List.of(QUESTION, CONTEXT))) {
      throw new UserException(
          "--context and --question are for tasks that look for answers, and '%s' reads %s"
              .formatted(
                  config.plugin().name(),
                  names.isEmpty() ? "other data" : String.join(", ", names)));
    }
    if (!texts.isEmpty() || context.isEmpty() || questions.isEmpty()) {
      throw new UserException(
          "a passage and what is asked of it go together: give --context FILE and --question TEXT, and no other texts");
    }
    String passage = text(context.get(), FileSettings.of(config.settings()));
    return questions.stream().flatMap(question -> Stream.of(question, passage)).toList();
  }

  private static String text(Path file, FileSettings settings) {
    DataFile passage =
        DataFiles.open(
            List.of(file), Optional.of(DataFile.Format.TEXT), Optional.empty(), settings);
    try (Stream<DataFile.Line> lines = passage.lines()) {
      return lines.map(DataFile.Line::text).collect(Collectors.joining("\n")).strip();
    }
  }

  /** A row for each few texts, under the names that the model's data had for the columns. */
  private static DataFile rows(TaskConfig<?> config, List<String> names, List<String> texts) {
    Map<String, String> mapping = config.settings().data().columns();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i += names.size()) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int k = 0; k < names.size(); k++) {
        row.put(mapping.getOrDefault(names.get(k), names.get(k)), texts.get(i + k));
      }
      rows.add(row);
    }
    return DataFiles.ofRows("command line", rows, FileSettings.of(config.settings()));
  }

  private static <O> List<InputColumn> columns(TaskConfig<O> config) {
    return config.plugin().columns(config.options());
  }
}
