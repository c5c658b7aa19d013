// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.host.plugins.ListedPlugins;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tasks of this installation: those on the class path, and those of the plugins folder. Neither
 * is looked at before somebody asks.
 */
public final class InstalledTasks {

  private PluginFolder folder =
      PluginFolder.of(System.getenv(), Path.of(System.getProperty("user.home")));
  private boolean chosen;
  private Optional<TaskListing> listing = Optional.empty();

  /** Takes another plugins folder, as {@code --plugins} says. */
  public void lookIn(Path directory) {
    folder = new PluginFolder(directory.toAbsolutePath().normalize());
    chosen = true;
    listing = Optional.empty();
  }

  /** The plugins folder. */
  public PluginFolder folder() {
    return folder;
  }

  /** The tasks on the class path. */
  public FoundTasks builtIn() {
    return FoundTasks.in(InstalledTasks.class.getClassLoader());
  }

  /** The plugins of the plugins folder, loaded. */
  public InstalledPlugins plugins() {
    return plugins(builtIn());
  }

  private InstalledPlugins plugins(FoundTasks builtIn) {
    requireFolder();
    return InstalledPlugins.load(folder, builtIn.tasks());
  }

  /** The plugins of the plugins folder, as they are known without running anything of them. */
  public ListedPlugins listedPlugins() {
    return listedPlugins(builtIn());
  }

  private ListedPlugins listedPlugins(FoundTasks builtIn) {
    requireFolder();
    return ListedPlugins.in(folder, builtIn.tasks());
  }

  /** What listings, help and completion name, as it is when it is first asked for. */
  public TaskListing listing() {
    if (listing.isEmpty()) {
      FoundTasks builtIn = builtIn();
      listing = Optional.of(TaskListing.of(builtIn, listedPlugins(builtIn)));
    }
    return listing.get();
  }

  private void requireFolder() {
    if (chosen && !Files.isDirectory(folder.root())) {
      throw new UserException(
          "--plugins %s: no such folder; `bertctl plugins install` makes it"
              .formatted(folder.root()));
    }
  }

  /** All of them, by name, as they are when one is first asked for. */
  public TaskRegistry registry() {
    return TaskRegistry.of(
        () -> {
          FoundTasks builtIn = builtIn();
          return builtIn.and(plugins(builtIn).found());
        });
  }
}
