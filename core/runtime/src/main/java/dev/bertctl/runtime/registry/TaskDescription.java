// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import java.util.Optional;

/** What listings say of a task, whether or not the plugin that provides it has been run. */
public interface TaskDescription {

  /** The name by which users call the task. */
  String name();

  /** One line that says what the task does. */
  String summary();

  /** The jar that the task's plugin is in. */
  PluginOrigin origin();

  /** Which release of which plugin that jar is. */
  PluginRelease release();

  /** The version of the plugin, if its jar states one. */
  default Optional<String> version() {
    return release().version();
  }
}
