// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.SearchConfig;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.search.HyperparameterSearch;
import dev.bertctl.core.search.SearchResult;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl search TASK}: find good hyper-parameters. */
@Command(
    name = "search",
    description = {
      "Tries settings drawn at random from those that the configuration's section 'search' names,"
          + " and trains those longer that do well.",
      "",
      "Ctrl-C ends it after the step under way with a checkpoint, from which --resume goes on as if"
          + " nothing had been; once more ends it at once.",
      "",
      "What an earlier search left there stays, unless --overwrite says that it may go.",
      "",
      "Leaves in OUTPUT/TASK-search: search.json and trials.jsonl with all trials; best.yaml, the"
          + " configuration that did best, for bertctl run; trial-N/rung-R, the run of each"
          + " training, of which only the best one keeps its model."
    },
    footer = {
      "  bertctl search nli --config app.yaml",
      "  bertctl search nli --config app.yaml --set search.trials=9 --set train.epochs=3",
      "  bertctl search nli --config app.yaml --resume",
      "  bertctl run nli --config runs/nli-search/best.yaml"
    })
final class SearchCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Mixin private ConfiguredTask task;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder for results, instead of the configured one.")
  private Optional<Path> output = Optional.empty();

  @ArgGroup private EarlierRun earlier = new EarlierRun();

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  SearchCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    SearchConfig<?> config =
        task.loadSearch(
            registry,
            output.stream()
                .map(dir -> SettingsOption.assignment("output", "--output", dir))
                .toList());
    try (JobListener listener = common.listener()) {
      Interruption interruption = new Interruption();
      HyperparameterSearch search =
          new HyperparameterSearch(
              config, offline.models(listener), earlier.mode(), listener, interruption);
      print(InterruptibleRun.of(search, interruption, listener), search.folder());
    }
  }

  private void print(SearchResult result, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Json.print(result.fields(), out);
    } else {
      SearchView.print(result, folder, out);
    }
    if (result.best().isEmpty()) {
      throw new UserException(
          "%s: none of %d trials could be trained; search.json says of each what went wrong: change what is searched"
              .formatted(folder, result.trials().size()));
    }
  }
}
