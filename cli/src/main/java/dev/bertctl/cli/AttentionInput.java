// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.attention.AttentionInputs;
import dev.bertctl.core.attention.TaskInputs;
import dev.bertctl.core.attention.TextInputs;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.data.DataFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What attention is shown on: rows, standard input, or texts on the command line. */
@Command
final class AttentionInput {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private TypedInput typed;

  @Mixin private InputOption input;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Of a model without a task: the column that is read, or the two that are a pair. Unless given,"
              + " the first one or two with several words.")
  private List<String> columns = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many rows to show, from the first; ${DEFAULT-VALUE} unless given.")
  private int limit;

  /** Makes sure that the options can be followed. */
  void requireSense() {
    require(limit > 0, "--limit needs a number of at least 1");
    require(columns.size() <= 2, "--columns needs one column, or two for a pair");
  }

  private void require(boolean condition, String need) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), need);
    }
  }

  /**
   * What the options say.
   *
   * @param config of the task that packs it; empty for models without a task
   * @param texts arguments behind the model
   * @param listener is told on a terminal that standard input is read, and which columns are
   */
  AttentionInputs open(Optional<TaskConfig<?>> config, List<String> texts, JobListener listener) {
    if (config.isPresent()) {
      require(
          columns.isEmpty(),
          "--columns is for models without a task; a task reads columns of its own, which --set data.columns.NAME=COLUMN maps");
      return new TaskInputs(
          config.get(), input.rows(typed, texts, config.get(), listener::notice), limit);
    }
    require(
        !typed.isGiven(List.of()),
        "--context and --question are for models of a task that looks for answers");
    if (texts.isEmpty()) {
      DataFile file =
          input.open(Optional.of(DataFile.Format.TEXT), FileSettings.DEFAULT, listener::notice);
      return new TextInputs(file, columns, limit, listener::notice);
    }
    input.requireNone();
    require(
        texts.size() <= 2,
        "a model without a task takes one text, or two as a pair, and there are %d on the command line; give rows with --input"
            .formatted(texts.size()));
    Map<String, Object> row = new LinkedHashMap<>();
    texts.forEach(text -> row.put(row.isEmpty() ? "first" : "second", text));
    return new TextInputs(
        DataFiles.ofRows("command line", List.of(row), FileSettings.DEFAULT),
        List.copyOf(row.keySet()),
        limit,
        listener::notice);
  }
}
