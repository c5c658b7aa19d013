// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins}: tasks that others wrote. */
@Command(
    name = "plugins",
    description = {
      "Begins, checks, installs, lists and removes task plugins.",
      "",
      "They lie in --plugins DIR, else $BERTCTL_PLUGINS, else $XDG_DATA_HOME/bertctl/plugins,"
          + " else ~/.local/share/bertctl/plugins."
    },
    subcommands = {
      PluginsNewCommand.class,
      PluginsInstallCommand.class,
      PluginsListCommand.class,
      PluginsCheckCommand.class,
      PluginsRemoveCommand.class
    },
    footer = {
      "  bertctl plugins install maven:org.example:bertctl-sentiment:1.0.0",
      "  bertctl plugins list",
      "  bertctl plugins remove bertctl-sentiment"
    })
final class PluginsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
