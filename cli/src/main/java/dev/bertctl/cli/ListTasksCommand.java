// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.application.TaskListing;
import dev.bertctl.host.plugins.ListedPlugin;
import dev.bertctl.runtime.registry.TaskDescription;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl list-tasks}: the tasks that plugins bring, without loading TensorFlow. */
@Command(
    name = "list-tasks",
    description = {
      "Lists the tasks: name, summary, version, and the jar each comes from.",
      "",
      "No installed plugin is run: its tasks are those that it told of when it was installed."
    },
    footer = {"  bertctl list-tasks", "  bertctl list-tasks --json"})
final class ListTasksCommand implements Runnable {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON, with full paths of the jars.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ListTasksCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public void run() {
    TaskListing listing = installed.listing();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("tasks", listing.tasks().stream().map(ListTasksCommand::fields).toList());
      result.put(
          "undescribed", listing.undescribed().stream().map(ListTasksCommand::fields).toList());
      Json.print(result, out);
    } else {
      Table table = new Table("TASK", "VERSION", "JAR", "SUMMARY");
      listing.tasks().forEach(task -> table.add(cells(task)));
      table.print(out);
    }
    PrintWriter err = spec.commandLine().getErr();
    listing.problems().forEach(problem -> err.println(common.problem(problem)));
    listing.undescribed().stream()
        .flatMap(plugin -> plugin.note().stream())
        .forEach(note -> err.println(common.problem(note)));
  }

  private static List<String> cells(TaskDescription task) {
    return List.of(
        task.name(), task.version().orElse("unknown"), task.origin().name(), task.summary());
  }

  private static Map<String, Object> fields(TaskDescription task) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", task.name());
    fields.put("summary", task.summary());
    fields.put("version", task.version().orElse(null));
    fields.put("plugin", task.release().name());
    fields.put("coordinates", task.release().coordinates().map(Object::toString).orElse(null));
    fields.put("jar", task.origin().toString());
    return fields;
  }

  private static Map<String, Object> fields(ListedPlugin plugin) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("plugin", plugin.release().name());
    fields.put("path", plugin.path().toString());
    fields.put("classes", plugin.undescribed());
    return fields;
  }
}
