// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.PluginInstallation;
import dev.bertctl.host.plugins.PluginInstallation.Installed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins install SOURCE}. */
@Command(
    name = "install",
    description = {
      "Installs a task plugin, in place of another version of it.",
      "",
      "An artifact of a Maven repository comes with what it depends on. A plugin that would be"
          + " refused is not installed."
    },
    footer = {
      "  bertctl plugins install maven:org.example:bertctl-sentiment:1.0.0",
      "  bertctl plugins install target/bertctl-sentiment-1.0.0.jar",
      "  bertctl plugins install https://example.org/bertctl-sentiment-1.0.0.jar"
    })
final class PluginsInstallCommand implements Runnable {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A jar, a folder of jars, maven:group:artifact:version, or the web address of a jar.")
  private String source;

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PluginsInstallCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (JobListener listener = common.listener()) {
      Installed done =
          new PluginInstallation(
                  installed.folder(),
                  installed.builtIn().tasks(),
                  offline.repositories(listener),
                  AppConfig::checkOptions)
              .install(source);
      List<String> replaced = done.replaced().stream().map(old -> old.release().title()).toList();
      if (json.wanted()) {
        Map<String, Object> result = PluginFields.of(done.plugin());
        result.put("from", done.origin());
        result.put("replaced", replaced);
        result.put("notes", done.plugin().notes());
        Json.print(result, out);
        return;
      }
      replaced.forEach(old -> listener.notice("replaced " + old));
      InstalledPlugin plugin = done.plugin();
      plugin.notes().forEach(note -> listener.notice("note: " + note));
      out.println(
          "installed %s (tasks: %s) as %s"
              .formatted(plugin.release().title(), PluginFields.tasks(plugin), plugin.path()));
    }
  }
}
