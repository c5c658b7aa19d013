// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.runtime.ClosestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tasks that this installation knows, by name.
 *
 * <p>A plugin that cannot be loaded does not stop the others: what is wrong with it is kept in
 * {@link #problems()}. A name that two plugins claim is refused to both, so that what a name means
 * never depends on the order of jars. TensorFlow is not touched.
 *
 * <p>Plugins are searched for when a task is first asked for. Used by one thread.
 */
public final class TaskRegistry {

  private final Supplier<FoundTasks> search;
  private Optional<Contents> contents = Optional.empty();

  private TaskRegistry(Supplier<FoundTasks> search) {
    this.search = search;
  }

  /** The plugins that a search will find. */
  public static TaskRegistry of(Supplier<FoundTasks> search) {
    return new TaskRegistry(search);
  }

  /** The plugins that a class loader sees. */
  public static TaskRegistry load(ClassLoader loader) {
    return new TaskRegistry(() -> FoundTasks.in(loader));
  }

  /** The tasks, sorted by name. */
  public Collection<RegisteredTask> tasks() {
    return Collections.unmodifiableCollection(contents().tasks.values());
  }

  /** What is wrong with each plugin that is not among the tasks, and what to do about it. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(contents().broken);
    all.addAll(contents().conflicts.values());
    return all;
  }

  /** The task of a name, if there is one. */
  public Optional<RegisteredTask> find(String name) {
    return Optional.ofNullable(contents().tasks.get(name));
  }

  /**
   * The task of a name.
   *
   * @throws UnknownTaskException if there is none, or if several plugins claim the name
   */
  public RegisteredTask get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UnknownTaskException(
                    Optional.ofNullable(contents().conflicts.get(name))
                        .orElseGet(() -> unknown(name))));
  }

  private Contents contents() {
    if (contents.isEmpty()) {
      contents = Optional.of(Contents.of(search.get()));
    }
    return contents.get();
  }

  private String unknown(String name) {
    Set<String> known = contents().tasks.keySet();
    Optional<String> closest = ClosestName.to(name, known);
    StringBuilder message = new StringBuilder("unknown task '" + name + "'");
    closest.ifPresent(near -> message.append("; did you mean '" + near + "'?"));
    message.append("\nknown tasks: " + (known.isEmpty() ? "none" : String.join(", ", known)));
    problems().forEach(problem -> message.append("\n" + problem));
    return message.toString();
  }

  /**
   * What a search found, by name.
   *
   * @param tasks those whose name is theirs alone
   * @param conflicts what is wrong with each name that several claim
   * @param broken what is wrong with plugins
   */
  private record Contents(
      SortedMap<String, RegisteredTask> tasks,
      SortedMap<String, String> conflicts,
      List<String> broken) {

    static Contents of(FoundTasks found) {
      Contents contents = new Contents(new TreeMap<>(), new TreeMap<>(), found.problems());
      Map<String, List<RegisteredTask>> byName =
          found.tasks().stream().collect(Collectors.groupingBy(RegisteredTask::name));
      byName.forEach(
          (name, claimants) -> {
            if (claimants.size() == 1) {
              contents.tasks.put(name, claimants.get(0));
            } else {
              contents.conflicts.put(name, conflict(name, claimants));
            }
          });
      return contents;
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
}
