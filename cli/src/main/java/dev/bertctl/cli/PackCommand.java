// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.PackingPreview;
import dev.bertctl.core.runs.RunText;
import dev.bertctl.core.runs.SplitSummary;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl pack TASK}: what the model would see. */
@Command(
    name = "pack",
    description =
        "Shows what the model would see of a split: tokens, ids, segments, label, and what was cut.",
    footer = {
      "  bertctl pack nli --config app.yaml --limit 3",
      "  bertctl pack nli --config app.yaml --split validation --json"
    })
final class PackCommand implements Runnable {

  private static final int WIDTH_WITHOUT_TERMINAL = 120;

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Mixin private ConfiguredTask task;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "Which split: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
  private SplitName split;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "3",
      description = "How many examples to show; ${DEFAULT-VALUE} unless given.")
  private int limit;

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PackCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    TaskConfig<?> config = task.load(registry, List.of());
    PrintWriter out = spec.commandLine().getOut();
    int columns = Integer.getInteger("bertctl.columns", 0);
    int width = columns > 0 ? columns : WIDTH_WITHOUT_TERMINAL;
    try (JobListener listener = common.listener()) {
      List<Map<String, Object>> examples = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      SplitSummary summary =
          new PackingPreview(config, offline.models(listener))
              .run(
                  split,
                  limit,
                  (view, example, features) -> {
                    texts.add(view.text(example, features, width));
                    examples.add(view.fields(example, features));
                  });
      if (json.wanted()) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("examples", examples);
        result.put("read", summary.fields());
        Json.print(result, out);
      } else {
        texts.forEach(out::println);
        out.println("the whole split:");
        RunText.lines(summary).forEach(out::println);
      }
    }
  }
}
