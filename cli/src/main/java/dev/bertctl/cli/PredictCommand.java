// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.host.registry.TaskRegistry;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Files;
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

/** {@code bertctl predict MODEL}: a saved model on new data. */
@Command(
    name = "predict",
    description = {
      "Predicts with a saved model.",
      "",
      "The output has the input's columns and the prediction, in the input's order: JSON lines, or csv"
          + " or tsv where the output's name ends so. It begins when all of the input is read."
    },
    footer = {
      "  bertctl predict runs/nli --input pairs.jsonl",
      "  bertctl predict runs/nli --input pairs.csv --output predictions.csv",
      "  cat pairs.jsonl | bertctl predict runs/nli --input - --format jsonl"
    })
final class PredictCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of a run, or of its model.")
  private Path model;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      defaultValue = "-",
      description = "The data; - for standard input (the default).")
  private Path input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Format of the input where its ending does not tell, jsonl for standard input:"
              + " ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> format = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write, instead of standard output.")
  private Optional<Path> output = Optional.empty();

  @Mixin private TaskFilesOption taskFiles;

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PredictCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    FineTunedModel saved = FineTunedModel.open(model);
    TaskConfig<?> config =
        saved.config(
            saved.pluginIn(registry, System.err::println), settings.assignments(List.of()));
    try (ConsoleListener listener = new ConsoleListener()) {
      ModelPrediction prediction =
          new ModelPrediction(
              saved, config, offline.models(listener), taskFiles.folder(), listener);
      DataFile data = data(config);
      if (output.isEmpty()) {
        predict(prediction, data, RowWriter.jsonLines(spec.commandLine().getOut()));
      } else {
        predictInto(output.get(), prediction, data);
      }
    }
  }

  private DataFile data(TaskConfig<?> config) {
    Map<String, String> columns = config.settings().data().columns();
    return input.toString().equals("-")
        ? DataFiles.standardInput(System.in, format.orElse(DataFile.Format.JSONL), columns)
        : DataFiles.open(input, format, config.plugin().usualFormat(), columns);
  }

  private static void predict(ModelPrediction prediction, DataFile data, RowWriter rows) {
    try (rows) {
      prediction.run(data, rows::write);
    }
  }

  /** An existing file is replaced only when all predictions are there. */
  private static void predictInto(Path file, ModelPrediction prediction, DataFile data) {
    WholeFile.write(
        file,
        partial -> predict(prediction, data, RowWriter.of(file, Files.newBufferedWriter(partial))));
  }
}
