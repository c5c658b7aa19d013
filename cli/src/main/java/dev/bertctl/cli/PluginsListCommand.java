// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.host.plugins.ListedPlugin;
import dev.bertctl.host.plugins.Refusal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins list}. */
@Command(
    name = "list",
    description = {
      "Lists the installed plugins, what they provide, and why some are refused.",
      "",
      "No plugin is run: its tasks are those that it told of when it was installed."
    },
    footer = {"  bertctl plugins list", "  bertctl plugins list --json"})
final class PluginsListCommand implements Runnable {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PluginsListCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public void run() {
    List<ListedPlugin> all = installed.listedPlugins().all();
    Path folder = installed.folder().root();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("folder", folder.toString());
      result.put("plugins", all.stream().map(PluginsListCommand::fields).toList());
      Json.print(result, out);
      return;
    }
    if (all.isEmpty()) {
      out.println("no plugins in " + folder);
      return;
    }
    Table table = new Table("PLUGIN", "VERSION", "SPI", "TASKS", "FILE", "FROM");
    all.forEach(plugin -> table.add(PluginFields.cells(plugin)));
    table.print(out);
    all.stream()
        .flatMap(plugin -> plugin.refusals().stream())
        .map(Refusal::toString)
        .forEach(refusal -> out.println("\n" + refusal));
    all.stream()
        .flatMap(plugin -> plugin.note().stream())
        .forEach(note -> out.println("\n" + note));
  }

  private static Map<String, Object> fields(ListedPlugin plugin) {
    Map<String, Object> fields = PluginFields.of(plugin);
    fields.put("undescribed", plugin.undescribed());
    fields.put("from", plugin.from().orElse(null));
    return fields;
  }
}
