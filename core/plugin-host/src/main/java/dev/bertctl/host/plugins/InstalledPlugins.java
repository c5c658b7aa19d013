// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The plugins of the plugins folder, loaded. */
public final class InstalledPlugins {

  private final List<InstalledPlugin> all;

  /**
   * @param all in the order of their files' names
   */
  private InstalledPlugins(List<InstalledPlugin> all) {
    this.all = List.copyOf(all);
  }

  /** The plugins, in the order of their files' names. */
  public List<InstalledPlugin> all() {
    return all;
  }

  /**
   * Loads the plugins of a folder. A task name that is taken is refused to all plugins that claim
   * it, but never to one that is built in.
   *
   * @param builtIn the application's own tasks
   */
  public static InstalledPlugins load(PluginFolder folder, List<RegisteredTask> builtIn) {
    KnownLibraries known = KnownLibraries.in(folder.root());
    List<InstalledPlugin> loaded =
        folder.entries().stream().map(files -> PluginLoader.load(files, known)).toList();
    known.save(folder.root());
    return new InstalledPlugins(
        loaded.stream().map(plugin -> plugin.refused(taken(plugin, builtIn, loaded))).toList());
  }

  /** The tasks of the plugins that are used, and why the others are not. */
  public FoundTasks found() {
    return new FoundTasks(
        all.stream()
            .filter(InstalledPlugin::accepted)
            .flatMap(plugin -> plugin.tasks().stream())
            .toList(),
        all.stream().flatMap(plugin -> plugin.refusals().stream()).map(Refusal::toString).toList());
  }

  /**
   * What a plugin's task names collide with.
   *
   * @param others the other plugins of the folder; the plugin itself may be among them
   */
  static List<Refusal> taken(
      InstalledPlugin plugin, List<RegisteredTask> builtIn, List<InstalledPlugin> others) {
    List<Refusal> refusals = new ArrayList<>();
    for (RegisteredTask task : plugin.tasks()) {
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

  private static Optional<RegisteredTask> named(String name, Stream<RegisteredTask> tasks) {
    return tasks.filter(task -> task.name().equals(name)).findFirst();
  }

  private static Refusal takenByBuiltIn(RegisteredTask task, RegisteredTask owner) {
    return new Refusal(
        task.origin().path(),
        "its task name '%s' is that of the built-in plugin %s"
            .formatted(task.name(), owner.origin()),
        "its author chooses another name");
  }

  private static Refusal takenBy(RegisteredTask task, InstalledPlugin other) {
    return new Refusal(
        task.origin().path(),
        "its task name '%s' is also that of the plugin %s".formatted(task.name(), other.path()),
        "remove one of the two");
  }

  private static Refusal takenTwice(RegisteredTask task) {
    return new Refusal(
        task.origin().path(),
        "two of its task plugins have the name '%s'".formatted(task.name()),
        "its author chooses another name for one of them");
  }
}
