// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search for plugins found.
 *
 * @param tasks the tasks that can be used; names may occur twice
 * @param problems what is wrong with each plugin that cannot be used, and what to do about it
 */
public record FoundTasks(List<RegisteredTask> tasks, List<String> problems) {

  /** Copies the lists. */
  public FoundTasks {
    tasks = List.copyOf(tasks);
    problems = List.copyOf(problems);
  }

  /** The plugins that a class loader sees: those on the application's own class path. */
  public static FoundTasks in(ClassLoader loader) {
    PluginSearch search = new PluginSearch(loader);
    return new FoundTasks(search.found(), search.problems());
  }

  /** These and those. */
  public FoundTasks and(FoundTasks others) {
    List<RegisteredTask> allTasks = new ArrayList<>(tasks);
    allTasks.addAll(others.tasks);
    List<String> allProblems = new ArrayList<>(problems);
    allProblems.addAll(others.problems);
    return new FoundTasks(allTasks, allProblems);
  }
}
