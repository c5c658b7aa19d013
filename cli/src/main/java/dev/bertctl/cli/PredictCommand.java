// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl predict MODEL}: a saved model on new data. */
@Command(
    name = "predict",
    description = {
      "Predicts with a saved model, or applies a task to any model that has its head.",
      "",
      "The output has the input's columns and the prediction, in the input's order. Its name's ending"
          + " tells its form: .jsonl, .csv, .tsv, .parquet, .npy (vectors alone), or that of a file of"
          + " the task's own, such as .conll. Rows are predicted while the input is read. A terminal shows"
          + " predictions for people, unless --json is given."
    },
    footer = {
      "  bertctl predict runs/nli --input pairs.jsonl",
      "  bertctl predict runs/nli --input pairs.csv --output predictions.csv",
      "  bertctl predict runs/nli --input pairs.csv --output predictions.csv --resume",
      "  bertctl predict runs/nli --input test.csv --output submission.csv --columns Id=id,Category=predicted",
      "  bertctl predict runs/nli --input pairs.parquet --output predictions.parquet",
      "  bertctl predict runs/nli 'A dog sleeps.' 'An animal rests.'",
      "  bertctl predict runs/qa --context passage.txt --question 'Who wrote it?'",
      "  cat pairs.jsonl | bertctl predict runs/nli",
      "  echo 'It is [MASK].' | bertctl predict bert-base-uncased --task fill-mask",
      "  bertctl predict minilm-l6 --task embeddings -i texts.txt -o vectors.npy",
      "  bertctl predict runs/nli --on spark --master yarn -i s3a://data/pairs -o s3a://data/predictions"
    })
final class PredictCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; with --task also a pretrained model: an alias, a"
              + " folder, hf:... or maven:... as in a configuration.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description =
          "Texts to predict for, in place of --input; where the task reads two in a row, pairs of"
              + " them.")
  private List<String> texts = List.of();

  @Mixin private TypedInput typed;

  @Mixin private AppliedTaskOption task;

  @Mixin private InputOption input;

  @Mixin private PredictionOptions output;

  @Mixin private SparkOptions spark;

  @Mixin private JsonOption json;

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
    spark.check();
    PredictionTarget target = output.target(taskFiles.folder());
    ChosenModel chosen =
        ChosenModel.of(
            registry,
            model,
            task.name(),
            "predict",
            settings.assignments(List.of()),
            common::notice);
    if (spark.areWanted()) {
      submit(chosen, target);
      return;
    }
    TaskConfig<?> config = chosen.config();
    boolean onTerminal = output.file().isEmpty() && StandardOutput.isTerminal();
    try (JobListener listener = common.listener(!onTerminal)) {
      ModelPrediction prediction =
          new ModelPrediction(
              config, chosen.files(offline.models(listener)), chosen.saved(), target, listener);
      predict(
          prediction, input.rows(typed, texts, config, listener::notice), view(config), listener);
    }
  }

  private void submit(ChosenModel chosen, PredictionTarget target) {
    if (typed.isGiven(texts)) {
      throw new ParameterException(spec.commandLine(), "--on spark needs --input, not texts");
    }
    SparkJob job =
        new SparkJob(
            spark.typed("--input"), input.format(), spark.typed("--output").get(0), target);
    Path folder;
    try (JobListener listener = common.listener(true)) {
      folder = chosen.files(offline.models(listener)).directory();
    }
    List<String> arguments = job.arguments(folder, chosen, settings.assignments(List.of()));
    spark.submission(arguments, PluginFolder.jarsOf(chosen.config().plugin())).run();
  }

  /** People read predictions at a terminal, programs elsewhere. */
  private Optional<PredictionView> view(TaskConfig<?> config) {
    return StandardOutput.isTerminal() && !json.wanted() && !output.isLaidOut()
        ? Optional.of(
            new PredictionView(
                columns(config),
                config.settings().data().columns(),
                System.getenv("NO_COLOR") == null))
        : Optional.empty();
  }

  private static <O> List<InputColumn> columns(TaskConfig<O> config) {
    return config.plugin().columns(config.options());
  }

  private void predict(
      ModelPrediction prediction,
      DataFile data,
      Optional<PredictionView> view,
      JobListener listener) {
    PredictionProgress progress =
        new PredictionProgress(output.file(), spec.commandLine().getOut(), view);
    InterruptNotice.during(
        () -> {
          try {
            prediction.run(data, progress);
          } catch (RuntimeException | Error e) {
            progress.stopped().ifPresent(listener::notice);
            throw e;
          }
          return null;
        },
        () -> progress.text("interrupted"),
        listener);
  }
}
