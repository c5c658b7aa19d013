// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.host.registry.JarReader;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classes that a plugin's own jar names and that are nowhere. It may do without them, as a library
 * may that can use another where it is there; so this is told, and is no refusal.
 */
final class MissingClasses {

  /** Far more than a class of a plugin has. */
  private static final int LARGEST_CLASS = 4 << 20;

  private MissingClasses() {}

  /** The classes' names, in alphabetical order. */
  static List<String> of(InstalledPlugin plugin) {
    Set<String> missing = new TreeSet<>();
    if (plugin.classes() instanceof PluginClassLoader classes && !plugin.tasks().isEmpty()) {
      Path jar = plugin.tasks().get(0).origin();
      try (JarReader reader = JarReader.open(jar)) {
        for (String entry : reader.names()) {
          if (entry.endsWith(".class") && !entry.startsWith("META-INF/")) {
            for (String name : ClassReferences.in(reader.head(entry, LARGEST_CLASS))) {
              if (!isThere(name, classes)) {
                missing.add(name);
              }
            }
          }
        }
      } catch (IOException e) {
        throw FileException.reading(jar, e);
      }
    }
    return List.copyOf(missing);
  }

  private static boolean isThere(String name, ClassLoader classes) {
    try {
      return Class.forName(name, false, classes) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
