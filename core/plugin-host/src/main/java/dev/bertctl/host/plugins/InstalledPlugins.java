// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.util.List;

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
    List<InstalledPlugin> loaded = folder.checked(PluginLoader::load);
    return new InstalledPlugins(
        loaded.stream()
            .map(plugin -> plugin.refused(TakenNames.of(plugin, builtIn, loaded)))
            .toList());
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
}
