// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.spi.TaskPlugin;
import java.util.regex.Pattern;

/**
 * A task plugin and where it came from.
 *
 * @param name the name by which users call the task
 * @param summary one line that says what the task does
 * @param origin what the plugin was loaded from
 * @param release which release of which plugin that jar is
 * @param plugin the plugin itself
 */
public record RegisteredTask(
    String name, String summary, PluginOrigin origin, PluginRelease release, TaskPlugin<?> plugin)
    implements TaskDescription {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /**
   * Asks a plugin for its name and summary.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  public static RegisteredTask of(TaskPlugin<?> plugin, PluginRelease release) {
    String name = String.valueOf(plugin.name());
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "its name '"
              + name
              + "' is not made of lower-case letters, digits and dashes, beginning with a letter");
    }
    String summary = plugin.summary();
    if (summary == null || summary.isBlank() || summary.lines().count() > 1) {
      throw new IllegalArgumentException("its summary is not one line of text");
    }
    return new RegisteredTask(name, summary, PluginOrigin.of(plugin.getClass()), release, plugin);
  }

  static RegisteredTask of(TaskPlugin<?> plugin) {
    return of(plugin, PluginRelease.of(plugin));
  }
}
