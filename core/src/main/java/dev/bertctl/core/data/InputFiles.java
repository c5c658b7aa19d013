// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The files that are meant by what a user names: each is a path, or a pattern of paths. In a
 * pattern {@code *} stands for any characters within a name, {@code ?} for one, {@code [ab]} for
 * one of these, {@code {csv,tsv}} for one of these texts.
 */
public final class InputFiles {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private InputFiles() {}

  /**
   * The files, those of a pattern in the order of their names.
   *
   * @param named paths and patterns; a file whose own name has such characters is that file
   * @throws DataException if one is not there, nothing matches, or a file is meant twice
   */
  public static List<Path> of(Collection<Path> named) {
    List<Path> files = named.stream().flatMap(one -> of(one).stream()).toList();
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      if (!seen.add(file.toAbsolutePath().normalize())) {
        throw problem(file, "is named twice; its rows would count twice");
      }
    }
    return files;
  }

  private static List<Path> of(Path named) {
    if (Files.exists(named)) {
      return List.of(named);
    }
    if (!WILDCARD.matcher(named.toString()).find()) {
      throw problem(named, "no such file");
    }
    List<Path> found = matching(named);
    if (found.isEmpty()) {
      throw problem(named, "no file matches this pattern");
    }
    return found;
  }

  private static List<Path> matching(Path pattern) {
    List<Path> found = List.of(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
    try {
      for (Path name : pattern) {
        found = found.stream().flatMap(folder -> matching(folder, name.toString())).toList();
      }
    } catch (PatternSyntaxException e) {
      throw problem(
          pattern, "no such file, and as a pattern it is malformed: " + e.getDescription());
    }
    return found.stream().filter(file -> !Files.isDirectory(file)).sorted().toList();
  }

  private static Stream<Path> matching(Path folder, String name) {
    if (!WILDCARD.matcher(name).find()) {
      return Stream.of(folder.resolve(name)).filter(Files::exists);
    }
    if (!Files.isDirectory(folder.resolve(""))) {
      return Stream.empty();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> matcher.matches(entry.getFileName()))
          // As in a shell, what is hidden is to be named.
          .filter(entry -> name.startsWith(".") || !entry.getFileName().toString().startsWith("."))
          .toList()
          .stream();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  private static DataException problem(Path named, String problem) {
    return new DataException(new Location(named.toString(), 0), problem);
  }
}
