// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
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
    description = "Lists the tasks: name, summary, version, and the jar each comes from.",
    footer = {"  bertctl list-tasks", "  bertctl list-tasks --json"})
final class ListTasksCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON, with full paths of the jars.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ListTasksCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(
          Map.of("tasks", registry.tasks().stream().map(ListTasksCommand::fields).toList()), out);
    } else {
      Table table = new Table("TASK", "VERSION", "JAR", "SUMMARY");
      registry.tasks().forEach(task -> table.add(cells(task)));
      table.print(out);
    }
    PrintWriter err = spec.commandLine().getErr();
    registry.problems().forEach(problem -> err.println(common.problem(problem)));
  }

  private static List<String> cells(RegisteredTask task) {
    return List.of(
        task.name(), task.version().orElse("unknown"), task.origin().name(), task.summary());
  }

  private static Map<String, Object> fields(RegisteredTask task) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", task.name());
    fields.put("summary", task.summary());
    fields.put("version", task.version().orElse(null));
    fields.put("plugin", task.release().name());
    fields.put("coordinates", task.release().coordinates().map(Object::toString).orElse(null));
    fields.put("jar", task.origin().toString());
    return fields;
  }
}
