// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tasks that this installation knows, by name.
 *
 * <p>A plugin that cannot be loaded does not stop the others: what is wrong with it is kept in
 * {@link #problems()}. A name that two plugins claim is refused to both, so that what a name means
 * never depends on the order of jars. TensorFlow is not touched.
 */
public final class TaskRegistry {

  private final SortedMap<String, RegisteredTask> tasks = new TreeMap<>();
  private final SortedMap<String, String> conflicts = new TreeMap<>();
  private final List<String> broken;

  private TaskRegistry(List<RegisteredTask> found, List<String> broken) {
    this.broken = broken;
    Map<String, List<RegisteredTask>> byName =
        found.stream().collect(Collectors.groupingBy(RegisteredTask::name));
    byName.forEach(
        (name, claimants) -> {
          if (claimants.size() == 1) {
            tasks.put(name, claimants.get(0));
          } else {
            conflicts.put(name, conflict(name, claimants));
          }
        });
  }

  /** Finds the plugins that a class loader sees. */
  public static TaskRegistry load(ClassLoader loader) {
    PluginSearch search = new PluginSearch(loader);
    return new TaskRegistry(search.found(), search.problems());
  }

  /** The tasks, sorted by name. */
  public Collection<RegisteredTask> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** What is wrong with each plugin that is not among the tasks, and what to do about it. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(broken);
    all.addAll(conflicts.values());
    return all;
  }

  /**
   * The task of a name.
   *
   * @throws UnknownTaskException if there is none, or if several plugins claim the name
   */
  public RegisteredTask get(String name) {
    RegisteredTask task = tasks.get(name);
    if (task == null) {
      throw new UnknownTaskException(
          conflicts.containsKey(name) ? conflicts.get(name) : unknown(name));
    }
    return task;
  }

  private String unknown(String name) {
    Optional<String> closest = ClosestName.to(name, tasks.keySet());
    StringBuilder message = new StringBuilder("unknown task '" + name + "'");
    closest.ifPresent(known -> message.append("; did you mean '" + known + "'?"));
    message.append(
        "\nknown tasks: " + (tasks.isEmpty() ? "none" : String.join(", ", tasks.keySet())));
    problems().forEach(problem -> message.append("\n" + problem));
    return message.toString();
  }

  private static String conflict(String name, List<RegisteredTask> claimants) {
    return "the task name '"
        + name
        + "' is claimed by several plugins: "
        + claimants.stream()
            .map(task -> task.plugin().getClass().getName() + " in " + task.origin())
            .collect(Collectors.joining(" and "))
        + "; remove all of these jars but one";
  }
}
