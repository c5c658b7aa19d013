// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl help [COMMAND...]}: the help of any command, also of one below another. */
@Command(
    name = "help",
    helpCommand = true,
    description = "Shows the help of a command, such as 'help run' or 'help plugins new'.")
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", description = "The command; left out, bertctl itself.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine command = spec.parent().commandLine();
    for (String name : names) {
      CommandLine below = command.getSubcommands().get(name);
      if (below == null) {
        throw new ParameterException(
            command,
            "there is no command '%s' of '%s'"
                .formatted(name, command.getCommandSpec().qualifiedName()));
      }
      command = below;
    }
    command.usage(spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
