// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.host.plugins.Refusal;
import java.io.PrintWriter;
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
    description = "Lists the installed plugins, what they provide, and why some are refused.",
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
    List<InstalledPlugin> all = installed.plugins().all();
    PluginFolder folder = installed.folder();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("folder", folder.root().toString());
      result.put("plugins", all.stream().map(plugin -> fields(plugin, folder)).toList());
      Json.print(result, out);
      return;
    }
    if (all.isEmpty()) {
      out.println("no plugins in " + folder.root());
      return;
    }
    Table table = new Table("PLUGIN", "VERSION", "SPI", "TASKS", "FILE", "FROM");
    all.forEach(plugin -> table.add(PluginFields.cells(plugin, folder)));
    table.print(out);
    all.stream()
        .flatMap(plugin -> plugin.refusals().stream())
        .map(Refusal::toString)
        .forEach(refusal -> out.println("\n" + refusal));
  }

  private static Map<String, Object> fields(InstalledPlugin plugin, PluginFolder folder) {
    Map<String, Object> fields = PluginFields.of(plugin);
    fields.put("from", folder.origin(plugin.files()).orElse(null));
    return fields;
  }
}
