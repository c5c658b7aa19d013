// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.host.plugins.PluginFolder;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins remove NAME}. */
@Command(
    name = "remove",
    description = "Removes an installed plugin.",
    footer = {
      "  bertctl plugins remove bertctl-sentiment",
      "  bertctl plugins remove bertctl-sentiment-1.0.0.jar"
    })
final class PluginsRemoveCommand implements Runnable {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Its file, or its name or one of its tasks as `bertctl plugins list` has them.")
  private String name;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PluginsRemoveCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PluginFolder.Removed removed = installed.folder().remove(name, installed::listedPlugins);
    out.println("removed " + removed.path());
    removed.left().forEach(file -> out.println("left    " + file + " (not the plugin's)"));
  }
}
