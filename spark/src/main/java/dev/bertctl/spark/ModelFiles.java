// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a model's folder holds, so that another machine can tell whether it has the same.
 *
 * @param sums SHA-256 in hexadecimal by file name, in the names' order
 */
record ModelFiles(TreeMap<String, String> sums) implements Serializable {

  /**
   * Reads the files of a folder; those in folders within it and hidden ones are none of the
   * model's.
   *
   * @throws FileException if one cannot be read
   */
  static ModelFiles of(Path folder) {
    TreeMap<String, String> sums = new TreeMap<>();
    for (Path file : in(folder)) {
      sums.put(file.getFileName().toString(), sum(file));
    }
    return new ModelFiles(sums);
  }

  /** The files of a model's folder. */
  static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  /**
   * Makes sure that a folder holds the same.
   *
   * @throws UserException naming the first file that differs
   */
  void requireIn(Path folder) {
    for (Map.Entry<String, String> file : sums.entrySet()) {
      Path copy = folder.resolve(file.getKey());
      if (!Files.isRegularFile(copy)) {
        throw new UserException(
            "%s: not there, and the driver's model has it; give a folder that all machines see with the same files, or let the model be sent"
                .formatted(copy));
      }
      String found = sum(copy);
      if (!found.equals(file.getValue())) {
        throw new UserException(
            "%s: not the driver's file (SHA-256 %s, there %s); put the same model in its place, or let the model be sent"
                .formatted(copy, found, file.getValue()));
      }
    }
  }

  private static String sum(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }
}
