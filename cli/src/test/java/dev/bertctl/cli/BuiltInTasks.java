// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.options.TaskOptions;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tasks that come with bertctl, found as the commands find them. */
public final class BuiltInTasks {

  private static final TaskRegistry REGISTRY =
      TaskRegistry.load(BuiltInTasks.class.getClassLoader());

  private BuiltInTasks() {}

  /** Their names; toys of the SPI's tests, if they are on the class path too, are left out. */
  static Set<String> names() {
    return REGISTRY.tasks().stream()
        .map(RegisteredTask::plugin)
        .filter(plugin -> !plugin.getClass().getName().startsWith("dev.bertctl.spi."))
        .map(TaskPlugin::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public static TaskPlugin<?> plugin(String name) {
    return REGISTRY.get(name).plugin();
  }

  /**
   * The head of a task.
   *
   * @param options of the task, by key; the others have their defaults
   */
  static Head head(String name, Map<String, String> options) {
    return head(plugin(name), options);
  }

  private static <O> Head head(TaskPlugin<O> plugin, Map<String, String> options) {
    return plugin
        .create(TaskOptions.bind(plugin.optionsType(), options, "the options of a test"))
        .head();
  }
}
