// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.BuildInfo;
import dev.bertctl.application.ExitCode;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bertctl} itself: nothing but its subcommands. */
@TopCommand
@Command(
    name = "bertctl",
    description = "Fine-tunes, evaluates and runs BERT on the JVM.",
    versionProvider = BuildInfo.class,
    subcommands = {
      ListTasksCommand.class,
      InitCommand.class,
      ConfigCommand.class,
      RunCommand.class,
      SearchCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      DataCommand.class,
      PackCommand.class,
      ScoreCommand.class,
      CompareCommand.class,
      AttentionCommand.class,
      ReportCommand.class,
      MapCommand.class,
      ModelsCommand.class,
      PluginsCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:the command failed",
      "  2:wrong usage or configuration",
      "130:interrupted",
      "143:terminated"
    },
    footer = {
      "  bertctl list-tasks",
      "  bertctl run nli --config examples/nli/app.yaml",
      "  bertctl predict runs/nli --input pairs.jsonl",
      "  bertctl help run"
    })
final class BertctlCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of bertctl, TensorFlow and Java.")
  private boolean version;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
