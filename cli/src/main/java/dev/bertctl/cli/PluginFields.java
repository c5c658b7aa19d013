// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.host.plugins.ListedPlugin;
import dev.bertctl.host.plugins.PluginDescription;
import dev.bertctl.host.plugins.Refusal;
import dev.bertctl.runtime.registry.TaskDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What commands show of a plugin. */
final class PluginFields {

  private PluginFields() {}

  /** For JSON; what is not known is null. */
  static Map<String, Object> of(PluginDescription plugin) {
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

  private static Map<String, Object> of(TaskDescription task) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", task.name());
    fields.put("summary", task.summary());
    return fields;
  }

  /** The names of its tasks. */
  static String tasks(PluginDescription plugin) {
    return plugin.tasks().stream().map(TaskDescription::name).collect(Collectors.joining(", "));
  }

  /** A row of a table. */
  static List<String> cells(ListedPlugin plugin) {
    return List.of(
        plugin.release().name(),
        plugin.release().version().orElse("unknown"),
        plugin.release().spi().orElse("unknown"),
        shownTasks(plugin),
        plugin.path().getFileName().toString(),
        plugin.from().orElse("unknown"));
  }

  private static String shownTasks(ListedPlugin plugin) {
    if (!plugin.accepted()) {
      return "refused";
    }
    return plugin.undescribed().isEmpty() ? tasks(plugin) : "unknown";
  }
}
