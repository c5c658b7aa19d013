// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plugin as it lies on disk: a jar, or a folder of jars if it has dependencies of its own.
 *
 * @param path the jar or the folder
 * @param jars the jars, by name
 */
public record PluginFiles(Path path, List<Path> jars) {

  private static final String JAR = ".jar";

  /** The jar at a path, or the folder's jars; other files in the folder are not looked at. */
  static PluginFiles at(Path path) {
    if (!Files.isDirectory(path)) {
      return new PluginFiles(path, List.of(path));
    }
    try (Stream<Path> files = Files.list(path)) {
      return new PluginFiles(path, files.filter(PluginFiles::isJar).sorted().toList());
    } catch (IOException unreadable) {
      // Nor can it be read as a jar, and that is what its refusal says.
      return new PluginFiles(path, List.of(path));
    }
  }

  static boolean isJar(Path path) {
    return path.getFileName().toString().endsWith(JAR) && !Files.isDirectory(path);
  }

  /** The jar's or folder's name, without the jar's ending. */
  public String name() {
    String file = path.getFileName().toString();
    return Files.isDirectory(path) ? file : name(file);
  }

  /** The name of a plugin whose file is called so. */
  static String name(String file) {
    return file.endsWith(JAR) ? file.substring(0, file.length() - JAR.length()) : file;
  }
}
