// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.JarReader;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** What a jar holds, read without loading anything of it. */
final class JarContents {

  static final String SERVICES = "META-INF/services/" + TaskPlugin.class.getName();

  /** A plugin is code: data and models are no part of it. */
  static final long LARGEST = 256L << 20;

  private static final int MOST_ENTRIES = 100_000;
  private static final String CLASS = ".class";
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/(.*)");
  private static final int CLASS_FILE = 0xcafebabe;

  /** Class files of Java 17 have the major version 61. */
  private static final int MAJOR_OF_JAVA_0 = 44;

  private final Path jar;
  private final PluginRelease release;
  private final Optional<List<String>> providers;
  private final Set<String> classes;
  private final Optional<NewestClass> newest;

  /**
   * @param jar the jar
   * @param release what its manifest says of it
   * @param providers the classes that its services file names; empty if it has no such file
   * @param classes the names of the classes that this Java sees in it
   * @param newest the class that needs the newest Java; empty if there are no classes
   */
  private JarContents(
      Path jar,
      PluginRelease release,
      Optional<List<String>> providers,
      Set<String> classes,
      Optional<NewestClass> newest) {
    this.jar = jar;
    this.release = release;
    this.providers = providers;
    this.classes = classes;
    this.newest = newest;
  }

  /** The jar. */
  Path jar() {
    return jar;
  }

  /** What its manifest says of it. */
  PluginRelease release() {
    return release;
  }

  /** The classes that its services file names; empty if it has no such file. */
  Optional<List<String>> providers() {
    return providers;
  }

  /** The names of the classes that this Java sees in it. */
  Set<String> classes() {
    return classes;
  }

  /** The class that needs the newest Java; empty if there are no classes. */
  Optional<NewestClass> newest() {
    return newest;
  }

  /**
   * A class file.
   *
   * @param name the class
   * @param java the Java that it needs
   */
  record NewestClass(String name, int java) {}

  /**
   * Where a class of a multi-release jar is.
   *
   * @param entry the entry's name
   * @param java the Java from which on it is used; 0 for the jar's ordinary classes
   */
  private record ClassEntry(String entry, int java) {

    ClassEntry newer(ClassEntry other) {
      return other.java > java ? other : this;
    }
  }

  /**
   * Reads a jar.
   *
   * @throws IOException if it is none, or is larger than a plugin may be
   */
  static JarContents read(Path jar) throws IOException {
    if (Files.size(jar) > LARGEST) {
      throw new ZipException(
          "it is larger than %d MiB: data and models are no part of a plugin"
              .formatted(LARGEST >> 20));
    }
    try (JarReader reader = JarReader.open(jar)) {
      if (reader.names().size() > MOST_ENTRIES) {
        throw new ZipException("it has more than %,d entries".formatted(MOST_ENTRIES));
      }
      Map<String, ClassEntry> classes = classes(reader);
      return new JarContents(
          jar,
          PluginRelease.of(reader, jar),
          reader.lines(SERVICES).map(JarContents::providers),
          Set.copyOf(classes.keySet()),
          newest(reader, classes));
    }
  }

  private static List<String> providers(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** Classes by name; where a multi-release jar has several, the one that this Java takes. */
  private static Map<String, ClassEntry> classes(JarReader reader) {
    boolean multiRelease =
        reader.attribute("Multi-Release").map(Boolean::parseBoolean).orElse(false);
    Map<String, ClassEntry> classes = new HashMap<>();
    for (String entry : reader.names()) {
      if (!entry.endsWith(CLASS) || entry.endsWith("module-info.class")) {
        continue;
      }
      if (!entry.startsWith("META-INF/")) {
        classes.merge(className(entry), new ClassEntry(entry, 0), ClassEntry::newer);
        continue;
      }
      Matcher versioned = VERSIONED.matcher(entry);
      if (multiRelease && versioned.matches()) {
        int java = Integer.parseInt(versioned.group(1));
        if (java <= Runtime.version().feature()) {
          classes.merge(
              className(versioned.group(2)), new ClassEntry(entry, java), ClassEntry::newer);
        }
      }
    }
    return classes;
  }

  private static String className(String path) {
    return path.substring(0, path.length() - CLASS.length()).replace('/', '.');
  }

  private static Optional<NewestClass> newest(JarReader reader, Map<String, ClassEntry> classes)
      throws IOException {
    Optional<NewestClass> newest = Optional.empty();
    for (Map.Entry<String, ClassEntry> one : classes.entrySet()) {
      ByteBuffer head = ByteBuffer.wrap(reader.head(one.getValue().entry(), 8));
      // What is no class file is refused by Java when it is used.
      if (head.limit() == 8 && head.getInt(0) == CLASS_FILE) {
        int java = head.getShort(6) - MAJOR_OF_JAVA_0;
        if (newest.isEmpty() || java > newest.get().java()) {
          newest = Optional.of(new NewestClass(one.getKey(), java));
        }
      }
    }
    return newest;
  }
}
