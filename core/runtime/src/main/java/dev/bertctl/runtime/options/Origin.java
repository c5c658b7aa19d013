// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param place file or command-line option, as the user knows it
 * @param line line of the file, from 1; 0 if there is none
 * @param folder what relative paths are relative to; empty for the working directory
 */
public record Origin(String place, int line, Path folder) {

  /** A place without lines whose relative paths are those of the working directory. */
  public static Origin of(String place) {
    return new Origin(place, 0, Path.of(""));
  }

  @Override
  public String toString() {
    return line == 0 ? place : place + ":" + line;
  }
}
