// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.ConfigurationTemplate;
import dev.bertctl.core.start.StartingConfiguration;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl init TASK}: a configuration to begin with. */
@Command(
    name = "init",
    description =
        "Writes a commented configuration to begin with: the settings that matter, with their"
            + " defaults.",
    footer = {
      "  bertctl init nli",
      "  bertctl init nli --all --output nli.yaml",
      "  bertctl init text-classification --data reviews.csv",
      "  bertctl init nli -o -"
    })
final class InitCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = "Name of the task: ${COMPLETION-CANDIDATES}.")
  private String task;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "app.yaml",
      description = "The file to write, - for standard output; ${DEFAULT-VALUE} unless given.")
  private Path output;

  @Option(
      names = "--all",
      description = "Write every setting; those that matter less stand there commented out.")
  private boolean all;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "FILE",
      description =
          "Data to train on: the configuration is made of their columns, labels and lengths. May be"
              + " given several times, and be a pattern such as 'part-*.csv'.")
  private List<Path> data = List.of();

  @Option(names = "--overwrite", description = "Replace the file if it is already there.")
  private boolean overwrite;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  InitCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (output.equals(Path.of(StandardOutput.NAME))) {
      out.print(text());
      return;
    }
    if (!overwrite && Files.exists(output) && !WholeFile.isSpecial(output)) {
      throw new UserException(
          "%s is already there; replace it with --overwrite, or name another file with --output"
              .formatted(output));
    }
    String text = text();
    WholeFile.write(output, partial -> Files.writeString(partial, text));
    String what = data.isEmpty() ? "name your model and data files in it" : "look through it";
    out.println(
        "%s written; %s, then `bertctl run %s --config %s`".formatted(output, what, task, output));
  }

  private String text() {
    TaskPlugin<?> plugin = registry.get(task).plugin();
    if (data.isEmpty()) {
      return ConfigurationTemplate.of(plugin, all);
    }
    if (all) {
      throw new ParameterException(
          spec.commandLine(),
          "--all and --data: one writes what settings there are, the other what data make of them; give one");
    }
    try (JobListener listener = common.listener()) {
      return StartingConfiguration.of(plugin, data, List.of(), offline.models(listener)).text();
    }
  }
}
