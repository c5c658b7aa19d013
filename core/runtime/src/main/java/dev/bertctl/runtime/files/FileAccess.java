// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Says which file or folder stands in the way of one that may not be read or written. */
final class FileAccess {

  private FileAccess() {}

  /** Which file or folder above it, or itself, may not be read. */
  static String reading(Path file) {
    Path absolute = file.toAbsolutePath();
    for (Path above = absolute.getRoot(); !above.equals(absolute); above = below(above, absolute)) {
      if (Files.isDirectory(above) && !Files.isExecutable(above)) {
        return denied(above);
      }
    }
    return denied(absolute);
  }

  /** Which file or folder above it, or itself, may not be written. */
  static String writing(Path file) {
    Path existing = file.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.isWritable(existing) ? reading(existing) : denied(existing);
  }

  private static Path below(Path above, Path file) {
    return above.resolve(file.getName(above.getNameCount()));
  }

  private static String denied(Path path) {
    try {
      PosixFileAttributes owned = Files.readAttributes(path, PosixFileAttributes.class);
      return "permission denied: %s belongs to %s (%s), and this is %s"
          .formatted(
              path,
              owned.owner().getName(),
              PosixFilePermissions.toString(owned.permissions()),
              System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      // Where there are no such owners, or they may not be seen either, the path has to do.
      return "permission denied: " + path;
    }
  }
}
