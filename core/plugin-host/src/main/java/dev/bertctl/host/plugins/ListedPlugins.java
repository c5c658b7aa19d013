// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.TaskDescription;
import java.util.List;

/** The plugins of the plugins folder, as they are known without running anything of them. */
public final class ListedPlugins {

  private final List<ListedPlugin> all;

  /**
   * @param all in the order of their files' names
   */
  private ListedPlugins(List<ListedPlugin> all) {
    this.all = List.copyOf(all);
  }

  /** The plugins, in the order of their files' names. */
  public List<ListedPlugin> all() {
    return all;
  }

  /**
   * Looks at the files of a folder. A task name that is taken is refused as in {@link
   * InstalledPlugins#load}, where the plugins' tasks are known.
   *
   * @param builtIn the application's own tasks
   */
  public static ListedPlugins in(PluginFolder folder, List<? extends TaskDescription> builtIn) {
    List<ListedPlugin> listed =
        folder.checked(
            (files, known) ->
                ListedPlugin.of(files, StaticCheck.of(files, known), folder.record(files)));
    return new ListedPlugins(
        listed.stream()
            .map(plugin -> plugin.refused(TakenNames.of(plugin, builtIn, listed)))
            .toList());
  }

  /** The tasks of the plugins that are used, as far as they are known. */
  public List<ListedTask> tasks() {
    return all.stream()
        .filter(PluginDescription::accepted)
        .flatMap(plugin -> plugin.tasks().stream())
        .toList();
  }

  /** Why plugins are not used. */
  public List<String> problems() {
    return all.stream()
        .flatMap(plugin -> plugin.refusals().stream())
        .map(Refusal::toString)
        .toList();
  }
}
