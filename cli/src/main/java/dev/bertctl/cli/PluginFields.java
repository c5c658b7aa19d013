// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.host.plugins.Refusal;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What commands show of a plugin. */
final class PluginFields {

  private PluginFields() {}

  /** For JSON; what is not known is null. */
  static Map<String, Object> of(InstalledPlugin plugin) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", plugin.release().name());
    fields.put("version", plugin.release().version().orElse(null));
    fields.put("spi_version", plugin.release().spi().orElse(null));
    fields.put("coordinates", plugin.release().coordinates().map(Object::toString).orElse(null));
    fields.put("path", plugin.path().toString());
    fields.put("tasks", plugin.tasks().stream().map(PluginFields::of).toList());
    fields.put("refused", plugin.refusals().stream().map(Refusal::toString).toList());
    return fields;
  }

  private static Map<String, Object> of(RegisteredTask task) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", task.name());
    fields.put("summary", task.summary());
    return fields;
  }

  /** The names of its tasks. */
  static String tasks(InstalledPlugin plugin) {
    return plugin.tasks().stream().map(RegisteredTask::name).collect(Collectors.joining(", "));
  }

  /** A row of a table. */
  static List<String> cells(InstalledPlugin plugin, PluginFolder folder) {
    return List.of(
        plugin.release().name(),
        plugin.release().version().orElse("unknown"),
        plugin.release().spi().orElse("unknown"),
        plugin.accepted() ? tasks(plugin) : "refused",
        plugin.path().getFileName().toString(),
        folder.origin(plugin.files()).orElse("unknown"));
  }
}
