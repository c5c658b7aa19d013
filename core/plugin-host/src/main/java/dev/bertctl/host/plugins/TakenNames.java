// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.TaskDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names of tasks that something else has already. */
final class TakenNames {

  private TakenNames() {}

  /**
   * Those of a plugin: why it is refused.
   *
   * @param builtIn the application's own tasks
   * @param others the other plugins of the folder; the plugin itself may be among them
   */
  static List<Refusal> of(
      PluginDescription plugin,
      List<? extends TaskDescription> builtIn,
      List<? extends PluginDescription> others) {
    List<Refusal> refusals = new ArrayList<>();
    for (TaskDescription task : plugin.tasks()) {
      named(task.name(), builtIn.stream())
          .map(owner -> takenByBuiltIn(task, owner))
          .ifPresent(refusals::add);
      others.stream()
          .filter(other -> other != plugin)
          .filter(other -> named(task.name(), other.tasks().stream()).isPresent())
          .forEach(other -> refusals.add(takenBy(task, other)));
      if (plugin.tasks().stream().filter(own -> own.name().equals(task.name())).count() > 1) {
        refusals.add(takenTwice(task));
      }
    }
    return refusals.stream().distinct().toList();
  }

  private static Optional<? extends TaskDescription> named(
      String name, Stream<? extends TaskDescription> tasks) {
    return tasks.filter(task -> task.name().equals(name)).findFirst();
  }

  private static Refusal takenByBuiltIn(TaskDescription task, TaskDescription owner) {
    return new Refusal(
        task.origin().path(),
        "its task name '%s' is that of the built-in plugin %s"
            .formatted(task.name(), owner.origin()),
        "its author chooses another name");
  }

  private static Refusal takenBy(TaskDescription task, PluginDescription other) {
    return new Refusal(
        task.origin().path(),
        "its task name '%s' is also that of the plugin %s".formatted(task.name(), other.path()),
        "remove one of the two");
  }

  private static Refusal takenTwice(TaskDescription task) {
    return new Refusal(
        task.origin().path(),
        "two of its task plugins have the name '%s'".formatted(task.name()),
        "its author chooses another name for one of them");
  }
}
