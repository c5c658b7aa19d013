// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.EvaluationOutputs;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.ModelEvaluation;
import dev.bertctl.core.slices.SliceBy;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl evaluate MODEL}: a saved model against labelled data. */
@Command(
    name = "evaluate",
    description = "Evaluates a saved model on labelled data.",
    footer = {
      "  bertctl evaluate runs/nli --data dev.jsonl",
      "  bertctl evaluate runs/nli --data dev.csv --json --predictions predictions.jsonl",
      "  bertctl evaluate runs/nli --data dev.jsonl --slice length,label,column=genre",
      "  bertctl evaluate runs/nli --data dev.jsonl --report report.html"
    })
final class EvaluateCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of a run, or of its model.")
  private Path model;

  @Mixin private LabelledDataOption data;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Also write the predictions, as JSON lines.")
  private Optional<Path> predictions = Optional.empty();

  @Option(
      names = "--slice",
      split = ",",
      paramLabel = "BY",
      description = {
        "Also score parts of the data, the worst first: by length (in tokens), label, truncation, or"
            + " column=NAME, a column of the data. May be given several times."
      })
  private List<String> slices = List.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a page with the errors, and beside it its facts as JSON; its name ends with"
              + " .html.")
  private Optional<Path> report = Optional.empty();

  @Mixin private TaskFilesOption taskFiles;

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  EvaluateCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    FineTunedModel saved = FineTunedModel.open(model);
    try (JobListener listener = common.listener()) {
      ModelEvaluation evaluation =
          new ModelEvaluation(
              saved,
              saved.config(
                  saved.pluginIn(registry, common::notice),
                  settings.assignments(data.assignments())),
              offline.models(listener),
              new EvaluationOutputs(
                  predictions,
                  taskFiles.folder(),
                  report,
                  slices.stream().map(SliceBy::of).toList()),
              listener);
      ModelEvaluation.Report found = evaluation.run();
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        Json.print(found.fields(), out);
      } else {
        ResultView.print(found.result(), out);
        found.slices().ifPresent(sliced -> SlicesView.print(sliced, out));
      }
    }
  }
}
