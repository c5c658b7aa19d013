// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.map.EmbeddingMap;
import dev.bertctl.core.map.MapPlan;
import dev.bertctl.core.map.Projection;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.EncodedExample;
import dev.bertctl.core.runs.EncodedExamples;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl map MODEL}: a data set in a plane. */
@Command(
    name = "map",
    description = {
      "Shows the examples of a data set in a plane, near each other where the model finds them alike.",
      "",
      "What is projected is the last hidden state of [CLS]. Points are coloured by gold label, errors"
          + " marked; with --beside the same examples by another model, such as the one before"
          + " fine-tuning."
    },
    footer = {
      "  bertctl map runs/nli --data dev.jsonl --output map.html",
      "  bertctl map runs/nli --beside minilm-l6 --data dev.jsonl --output map.html --output map.json"
    })
final class MapCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; with --task also a pretrained model that has the task's"
              + " head: an alias, a folder, hf:... or maven:... as in a configuration.")
  private String model;

  @Option(
      names = {"-b", "--beside"},
      paramLabel = "MODEL",
      description =
          "Another model, whose map of the same examples is shown first; it need not have a head.")
  private Optional<String> beside = Optional.empty();

  @Mixin private AppliedTaskOption task;

  @Mixin private LabelledDataOption data;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "2000",
      description = "Most rows to show, from the first; ${DEFAULT-VALUE} unless given.")
  private int limit;

  @Option(
      names = "--projection",
      paramLabel = "HOW",
      defaultValue = "umap",
      description =
          "What makes a plane of the vectors: umap, which keeps together what is together, or pca, the"
              + " two directions in which they differ most; ${DEFAULT-VALUE} unless given.")
  private Projection projection;

  @Option(
      names = "--neighbors",
      paramLabel = "N",
      defaultValue = "15",
      description =
          "Points that umap keeps together, and among which those of the same label are counted;"
              + " ${DEFAULT-VALUE} unless given.")
  private int neighbors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Decides what umap draws; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Mixin private ShownFilesOption files;

  @Mixin private JsonOption json;

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  MapCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    require(limit > 0, "--limit needs a number of at least 1");
    require(neighbors > 1, "--neighbors needs a number of at least 2");
    files.during(this::show);
  }

  private void show() {
    ChosenModel chosen =
        ChosenModel.of(
            registry, model, task.name(), "map", settings.assignments(options()), common::notice);
    try (JobListener listener = common.listener()) {
      EmbeddingMap map = map(chosen, offline.models(listener), listener);
      write(map, listener);
    }
  }

  private List<Assignment> options() {
    List<Assignment> options = new ArrayList<>(data.assignments());
    options.add(new Assignment("data.limit.test", Integer.toString(limit), "--limit " + limit));
    return options;
  }

  private EmbeddingMap map(ChosenModel chosen, ModelStore store, JobListener listener) {
    TaskConfig<?> config = chosen.config();
    EncodedExamples encoding = new EncodedExamples(config, listener);
    List<EncodedExample> examples = encoding.of(chosen.files(store), chosen.saved());
    EmbeddingMap map = new EmbeddingMap(config, new MapPlan(projection, neighbors, seed), examples);
    beside.ifPresent(other -> map.with(other, encoding.vectors(ChosenModel.files(store, other))));
    return map.with(model, examples.stream().map(EncodedExample::vector).toList());
  }

  private void write(EmbeddingMap map, JobListener listener) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Json.print(map.fields(), out);
    } else if (files.isToStandardOutput()) {
      MapView.print(map, out);
    }
    for (Path file : files.all()) {
      switch (ShownFilesOption.ending(file)) {
        case ShownFilesOption.PAGE -> map.writePage("Map of " + model, file);
        case ShownFilesOption.JSON -> JsonFile.write(file, map.fields());
        default ->
            WholeFile.write(
                file,
                partial -> {
                  try (PrintWriter text = new PrintWriter(Files.newBufferedWriter(partial))) {
                    MapView.print(map, text);
                  }
                });
      }
      listener.notice("written: " + file);
    }
  }

  private void require(boolean condition, String need) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), need);
    }
  }
}
