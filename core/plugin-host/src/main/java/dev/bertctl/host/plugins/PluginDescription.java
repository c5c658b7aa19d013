// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.TaskDescription;
import java.nio.file.Path;
import java.util.List;

/** What is known of a plugin of the plugins folder, whether or not it has been run. */
public sealed interface PluginDescription permits InstalledPlugin, ListedPlugin {

  /** Its jars. */
  PluginFiles files();

  /** Which release of which plugin it is. */
  PluginRelease release();

  /** What it provides, if known; of a refused plugin only if their names are why it is refused. */
  List<? extends TaskDescription> tasks();

  /** Why it is not used; empty if it is. */
  List<Refusal> refusals();

  /** The jar, or the folder of jars. */
  default Path path() {
    return files().path();
  }

  /** Whether it is used. */
  default boolean accepted() {
    return refusals().isEmpty();
  }

  /** Whether users may mean it by a name: its own, or that of one of its tasks. */
  default boolean isCalled(String name) {
    return release().name().equals(name)
        || tasks().stream().anyMatch(task -> task.name().equals(name));
  }
}
