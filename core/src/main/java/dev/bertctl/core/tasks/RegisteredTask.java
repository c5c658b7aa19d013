// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.tasks;

import dev.bertctl.spi.TaskPlugin;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * A task plugin and where it came from.
 *
 * @param name the name by which users call the task
 * @param summary one line that says what the task does
 * @param origin the jar, or the folder of classes, that the plugin was loaded from
 * @param version the {@code Implementation-Version} of that jar's manifest, if it states one
 * @param plugin the plugin itself
 */
public record RegisteredTask(
    String name, String summary, Path origin, Optional<String> version, TaskPlugin<?> plugin) {

  static RegisteredTask of(TaskPlugin<?> plugin) {
    Class<?> type = plugin.getClass();
    return new RegisteredTask(
        plugin.name(),
        plugin.summary(),
        origin(type),
        Optional.ofNullable(type.getPackage().getImplementationVersion()),
        plugin);
  }

  static Path origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("the class loader does not say where it comes from");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("its location is no valid URI: " + e.getInput(), e);
    }
  }
}
