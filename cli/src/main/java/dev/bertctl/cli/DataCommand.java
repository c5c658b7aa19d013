// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.core.runs.DataInspection;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bertctl data TASK}: what there is to know of the data before a training. */
@Command(
    name = "data",
    description = {
      "Looks through the configured data before a training: rows, labels, lengths in tokens,"
          + " duplicates, overlaps of splits, contradicting labels, broken texts.",
      "",
      "Only the model's tokenizer is used. Two inputs are the same if the model sees the same tokens"
          + " of them."
    },
    footer = {
      "  bertctl data nli --config app.yaml",
      "  bertctl data nli --config app.yaml --set max-length=64 --json"
    })
final class DataCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Mixin private ConfiguredTask task;

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  DataCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    TaskConfig<?> config = task.load(registry, List.of());
    PrintWriter out = spec.commandLine().getOut();
    try (JobListener listener = common.listener()) {
      DataReport report = new DataInspection(config, offline.models(listener)).run();
      if (json.wanted()) {
        Json.print(report.fields(), out);
      } else {
        DataView.print(report, config.settings().maxLength(), out);
      }
    }
  }
}
