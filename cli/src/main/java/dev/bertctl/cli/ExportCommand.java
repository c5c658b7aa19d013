// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.export.ExportFormat;
import dev.bertctl.core.export.ModelExport;
import dev.bertctl.core.export.RoundingLoss;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.models.NewFolder;
import dev.bertctl.core.runs.AppliedConfig;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl export MODEL DIR}: a model for other runtimes. */
@Command(
    name = "export",
    description = {
      "Writes a model for other runtimes: ONNX Runtime, TensorFlow Serving, transformers.",
      "",
      "A fine-tuned model is written with its head, a pretrained one with that of --task, and any model"
          + " with --encoder without a head. The tokenizer (tokenizer.json, vocab.txt) and config.json"
          + " stand beside it."
    },
    footer = {
      "  bertctl export runs/nli nli-onnx/",
      "  bertctl export runs/nli nli-int8/ --quantize int8 --data dev.jsonl",
      "  bertctl export runs/nli nli-savedmodel/1 --format savedmodel",
      "  bertctl export minilm-l6 minilm-onnx/ --task embeddings",
      "  bertctl export runs/nli nli-encoder/ --encoder --format huggingface"
    })
final class ExportCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; with --task or --encoder also a pretrained model: an"
              + " alias, a folder, hf:... or maven:... as in a configuration.")
  private String model;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Where to write; must not exist or be empty.")
  private Path directory;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description = "What to write: ${COMPLETION-CANDIDATES}. ${DEFAULT-VALUE} unless given.")
  private ExportFormat format;

  @Option(
      names = "--quantize",
      paramLabel = "TYPE",
      defaultValue = "none",
      description =
          "What weights are rounded to: ${COMPLETION-CANDIDATES}; int8 is dynamic, per channel, and for"
              + " processors with VNNI, int8-reduced has seven bits, for any processor. ${DEFAULT-VALUE}"
              + " unless given.")
  private Quantize quantize;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Labelled data that the model is evaluated on with and without --quantize, to show what"
              + " accuracy is lost.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--encoder",
      description = "Leave the head behind: an encoder that another task can begin with.")
  private boolean encoder;

  @Option(
      names = {"-t", "--task"},
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description =
          "Task whose head the model is written with, instead of the one that it was trained on:"
              + " ${COMPLETION-CANDIDATES}.")
  private Optional<String> task = Optional.empty();

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ExportCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    requireSense();
    NewFolder.requireNew(directory);
    try (JobListener listener = common.listener()) {
      ModelStore store = offline.models(listener);
      WeightAccount account =
          encoder
              ? write(ModelExport.ofEncoder(store.open(model, Path.of(""))))
              : write(chosen(), store, listener);
      listener.notice(account.loaded().size() + " weights written");
      if (!account.leftOver().isEmpty()) {
        listener.notice("of no use to it, left out: " + String.join(", ", account.leftOver()));
      }
    }
    spec.commandLine().getOut().println(directory);
  }

  private void requireSense() {
    if (encoder && task.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--encoder leaves the head behind, and --task names one: give one of both");
    }
    if (data.isPresent() && (encoder || quantize == Quantize.NONE)) {
      throw new ParameterException(
          spec.commandLine(),
          encoder
              ? "--data evaluates the model, and --encoder leaves its head behind: give one of both"
              : "--data shows what --quantize loses: give both");
    }
  }

  private ChosenModel chosen() {
    List<Assignment> assignments = new ArrayList<>();
    data.ifPresent(file -> assignments.add(SettingsOption.assignment("data.test", "--data", file)));
    return ChosenModel.of(
        registry, model, task, "export", settings.assignments(assignments), common::notice);
  }

  private WeightAccount write(ChosenModel chosen, ModelStore store, JobListener listener) {
    if (data.isPresent() && chosen.saved().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--data evaluates a fine-tuned model, and %s was not saved for task '%s'"
              .formatted(model, chosen.config().plugin().name()));
    }
    PretrainedModel files = chosen.files(store);
    TaskConfig<?> config =
        chosen.saved().isPresent() ? chosen.config() : AppliedConfig.of(chosen.config(), files);
    Head head = config.createTask().head();
    chosen.saved().ifPresent(saved -> saved.requireLabels(head));
    WeightAccount account = write(ModelExport.of(config.plugin().name(), head, files));
    if (data.isPresent()) {
      FineTunedModel saved = chosen.saved().orElseThrow();
      print(new RoundingLoss(saved, chosen.config(), store, listener).of(quantize));
    }
    return account;
  }

  private WeightAccount write(ModelExport export) {
    return export.write(format, quantize, directory);
  }

  private void print(Map<String, RoundingLoss.Scores> scores) {
    Table table =
        new Table("METRIC", "FLOAT32", quantize.toString().toUpperCase(Locale.ROOT), "CHANGE");
    scores.forEach(
        (name, score) ->
            table.add(
                List.of(
                    name,
                    "%.4f".formatted(score.whole()),
                    "%.4f".formatted(score.rounded()),
                    "%+.4f".formatted(score.rounded() - score.whole()))));
    table.print(spec.commandLine().getErr());
  }
}
