// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.attention.AttentionInputs;
import dev.bertctl.core.attention.AttentionJob;
import dev.bertctl.core.attention.ShownModel;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bertctl attention MODEL}: what a model's heads attend to. */
@Command(
    name = "attention",
    description = {
      "Shows what the heads of a model attend to, or of two models where they differ most.",
      "",
      "A saved model packs the input as its task does: a window of a long passage, or a choice, is an"
          + " input of its own. Another model takes texts, or pairs of them. A page (.html) needs no"
          + " network; .json has all weights. Layers and heads are counted from 1. Attention is no"
          + " explanation: it says where a head reads from, not why the model decides."
    },
    footer = {
      "  bertctl attention runs/nli --input pairs.jsonl --output attention.html",
      "  bertctl attention minilm-l6 --beside runs/nli --input pairs.jsonl --output tuning.html",
      "  bertctl attention minilm-l6 'A dog sleeps.' 'An animal rests.'",
      "  bertctl attention runs/nli --input pairs.jsonl --limit 1 --json"
    })
final class AttentionCommand implements Runnable {

  /** Of models without a task, which have no setting for it. */
  private static final int USUAL_LENGTH = 512;

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; or a pretrained model: an alias, a folder, hf:... or"
              + " maven:... as in a configuration.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description =
          "Texts to show, in place of --input: where a task reads two in a row, pairs of them; of a"
              + " model without a task one text, or two as a pair.")
  private List<String> texts = List.of();

  @Option(
      names = {"-b", "--beside"},
      paramLabel = "MODEL",
      description =
          "Another model of the same architecture and vocabulary, shown beside it; its heads are sorted"
              + " by how much they differ.")
  private Optional<String> beside = Optional.empty();

  @Mixin private AppliedTaskOption task;

  @Mixin private AttentionInput input;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description =
          "Longest sequence in tokens, special tokens included; as the model was trained unless given,"
              + " and 512 without a task.")
  private Optional<Integer> maxLength = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description =
          "Where to compute: auto, cpu, gpu or gpu:N; as the model's configuration says unless given,"
              + " and auto without a task.")
  private Optional<Device> device = Optional.empty();

  @Mixin private ShownFilesOption files;

  @Mixin private JsonOption json;

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  AttentionCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    input.requireSense();
    files.during(this::show);
  }

  private void show() {
    boolean onTerminal = files.isToStandardOutput() && StandardOutput.isTerminal();
    try (JobListener listener = common.listener(!onTerminal)) {
      ModelStore store = offline.models(listener);
      List<ShownTask> shown = new ArrayList<>();
      shown.add(opened(store, model, task.name()));
      beside.ifPresent(other -> shown.add(opened(store, other, Optional.empty())));
      Optional<TaskConfig<?>> config =
          shown.stream().map(ShownTask::config).flatMap(Optional::stream).findFirst();
      require(
          config.isPresent() || settings.assignments(List.of()).isEmpty(),
          "--set is for models with a task, or needs --task TASK");
      List<ShownModel> models = shown.stream().map(ShownTask::model).toList();
      AttentionInputs inputs = input.open(config, texts, listener);
      AttentionJob job = new AttentionJob(models, length(config, models), device(config), listener);
      new AttentionOutputs(files)
          .write(
              sink -> job.run(inputs, sink), json.wanted(), spec.commandLine().getOut(), listener);
    }
  }

  private ShownTask opened(ModelStore store, String name, Optional<String> ofTask) {
    List<Assignment> options = new ArrayList<>();
    maxLength.ifPresent(
        tokens ->
            options.add(new Assignment("max-length", tokens.toString(), "--max-length " + tokens)));
    return ShownTask.of(
        registry, store, name, ofTask, settings.assignments(options), common::notice);
  }

  private void require(boolean condition, String need) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), need);
    }
  }

  private int length(Optional<TaskConfig<?>> config, List<ShownModel> models) {
    int most =
        Stream.concat(
                Stream.of(USUAL_LENGTH),
                models.stream().map(shown -> shown.files().config().maxPositions()))
            .min(Integer::compare)
            .orElseThrow();
    return config.map(of -> of.settings().maxLength()).orElseGet(() -> maxLength.orElse(most));
  }

  private ComputeDevice device(Optional<TaskConfig<?>> config) {
    return ComputeDevice.of(
        device.orElseGet(
            () -> config.map(of -> of.settings().device()).orElseGet(() -> Device.of("auto"))));
  }

  /** Makes a device of its text on the command line. */
  static final class DeviceConverter implements ITypeConverter<Device> {

    @Override
    public Device convert(String text) {
      try {
        return Device.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
