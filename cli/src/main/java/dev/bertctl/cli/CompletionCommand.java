// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ServeOption;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bertctl completion}: a script that completes commands and options in bash and zsh. */
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh.",
    footer = {
      "  source <(bertctl completion)",
      "  bertctl completion > ~/.local/share/bash-completion/completions/bertctl"
    })
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    completeServe(root.getCommandSpec());
    spec.commandLine().getOut().println(AutoComplete.bash(root.getCommandName(), root));
  }

  /** The server is an application of its own; its options are in place of those it has here. */
  private static void completeServe(CommandSpec root) {
    CommandSpec serve = CommandSpec.create();
    ServeOption.recorded().forEach(option -> serve.addOption(option.spec()));
    root.removeSubcommand(ServeCommand.NAME);
    root.addSubcommand(ServeCommand.NAME, serve);
  }
}
