// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import dev.bertctl.host.plugins.ListedPlugin;
import dev.bertctl.host.plugins.ListedPlugins;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.TaskDescription;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tasks of this installation as they can be told without running an installed plugin.
 *
 * @param tasks those that are known, sorted by name
 * @param problems what is wrong with each plugin that is not used, and what to do about it
 * @param undescribed the plugins whose tasks are not known
 */
public record TaskListing(
    List<TaskDescription> tasks, List<String> problems, List<ListedPlugin> undescribed) {

  static TaskListing of(FoundTasks builtIn, ListedPlugins plugins) {
    TaskRegistry registry = TaskRegistry.of(() -> builtIn);
    List<TaskDescription> tasks = new ArrayList<>(registry.tasks());
    tasks.addAll(plugins.tasks());
    tasks.sort(Comparator.comparing(TaskDescription::name));
    List<String> problems = new ArrayList<>(registry.problems());
    problems.addAll(plugins.problems());
    return new TaskListing(
        List.copyOf(tasks),
        List.copyOf(problems),
        plugins.all().stream().filter(plugin -> !plugin.undescribed().isEmpty()).toList());
  }
}
