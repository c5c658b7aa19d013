// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.registry.JarReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Classes that a plugin's own jar names and that are nowhere, and class files of it that cannot be
 * read. It may do without classes of others, as a library may that can use another where it is
 * there; without one of its own packages the jar was not built well.
 */
final class MissingClasses {

  private static final String CLASS = ".class";

  /** Far more than a class of a plugin has. */
  private static final int LARGEST_CLASS = 4 << 20;

  private final Path jar;
  private final Set<String> own = new TreeSet<>();
  private final Set<String> others = new TreeSet<>();
  private final List<String> damaged = new ArrayList<>();

  private MissingClasses(Path jar, PluginClassLoader classes) {
    this.jar = jar;
    try (JarReader reader = JarReader.open(jar)) {
      List<String> entries =
          reader.names().stream()
              .filter(entry -> entry.endsWith(CLASS) && !entry.startsWith("META-INF/"))
              .toList();
      Set<String> packages =
          entries.stream().map(MissingClasses::packageOf).collect(Collectors.toSet());
      for (String entry : entries) {
        for (String name : references(entry, reader.head(entry, LARGEST_CLASS))) {
          String file = name.replace('.', '/') + CLASS;
          if (classes.findResource(file) == null && !isThere(name, classes)) {
            (packages.contains(packageOf(file)) ? own : others).add(name);
          }
        }
      }
    } catch (IOException e) {
      throw FileException.reading(jar, e);
    }
  }

  /** Those of a plugin that could be loaded; none of one that is refused already. */
  static Optional<MissingClasses> of(InstalledPlugin plugin) {
    return plugin.classes() instanceof PluginClassLoader classes && !plugin.tasks().isEmpty()
        ? Optional.of(of(plugin.tasks().get(0).origin().path(), classes))
        : Optional.empty();
  }

  /** Those of the jar with the services file; none of its classes is initialised. */
  static MissingClasses of(Path jar, PluginClassLoader classes) {
    return new MissingClasses(jar, classes);
  }

  /** The names of classes that the plugin may do without, in alphabetical order. */
  List<String> others() {
    return List.copyOf(others);
  }

  /** Why the plugin is not used, if it lacks a part of itself. */
  Optional<Refusal> refusal() {
    if (!damaged.isEmpty()) {
      return Optional.of(
          new Refusal(
              jar,
              "its class file %s is damaged".formatted(damaged.get(0)),
              "fetch it again, or build it again"));
    }
    return own.stream()
        .findFirst()
        .map(
            name ->
                new Refusal(
                    jar,
                    "its classes name %s of its own package, which is in none of its jars"
                        .formatted(name),
                    "its author builds it again, with that class"));
  }

  private Set<String> references(String entry, byte[] classFile) {
    try {
      return ClassReferences.in(classFile);
    } catch (IOException e) {
      // What is wrong with it inside helps nobody who does not write compilers.
      damaged.add(entry);
      return Set.of();
    }
  }

  private static String packageOf(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('/')));
  }

  private static boolean isThere(String name, ClassLoader classes) {
    try {
      return Class.forName(name, false, classes) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
