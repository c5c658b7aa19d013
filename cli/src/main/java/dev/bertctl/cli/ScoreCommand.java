// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.runs.Scoring;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl score TASK}: a task's metric, without a model. */
@Command(
    name = "score",
    description = "Judges predictions made by anyone with a task's own metric; no model is needed.",
    footer = {
      "  bertctl score nli --gold dev.jsonl --predictions predictions.jsonl",
      "  bertctl score nli --gold dev.csv --predictions predictions.tsv --json"
    })
final class ScoreCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = "Name of the task: ${COMPLETION-CANDIDATES}.")
  private String task;

  @Option(
      names = "--gold",
      required = true,
      paramLabel = "FILE",
      description =
          "The gold data; may be given several times, and be a pattern such as 'part-*.csv'.")
  private List<Path> gold;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "FILE",
      description = "The predictions.")
  private Path predictions;

  @Option(
      names = "--gold-format",
      paramLabel = "FORMAT",
      description =
          "Format of the gold data where its ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> goldFormat = Optional.empty();

  @Option(
      names = "--predictions-format",
      paramLabel = "FORMAT",
      description =
          "Format of the predictions where their ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> predictionsFormat = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A configuration for the task's options and the data's columns.")
  private Optional<Path> config = Optional.empty();

  @Mixin private SettingsOption settings;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ScoreCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    TaskPlugin<?> plugin = registry.get(task).plugin();
    TaskConfig<?> taskConfig = taskConfig(plugin);
    Optional<DataFile.Format> usual = plugin.usualFormat();
    FileSettings files = FileSettings.of(taskConfig.settings());
    try (JobListener listener = common.listener()) {
      Scoring.Report report =
          new Scoring(taskConfig, listener)
              .run(
                  DataFiles.open(gold, goldFormat, usual, files),
                  DataFiles.openPredictions(predictions, predictionsFormat, usual, files));
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        Json.print(report.fields(), out);
      } else {
        ResultView.print(report.scores(), out);
      }
    }
  }

  private <O> TaskConfig<O> taskConfig(TaskPlugin<O> plugin) {
    return config.isPresent()
        ? AppConfig.load(config.get(), plugin, settings.assignments(List.of()))
        : AppConfig.of(
            // Scoring uses no model, but a configuration names one.
            Map.of("model", "none"), "score", plugin, settings.assignments(List.of()));
  }
}
