// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A kind of file, and a command that reads it.
 *
 * @param name for reports
 * @param folder a folder in which all is right
 * @param file the file in it to damage
 * @param mutation how
 * @param command the arguments; {@code @} in them stands for a copy of the folder
 * @param weight how many of the inputs are of this kind, relative to others
 * @param check looks at what a command that succeeds has printed
 */
record Kind(
    String name,
    Path folder,
    String file,
    Mutation mutation,
    List<String> command,
    int weight,
    Check check) {

  /** Looks for results that are wrong though nothing was said. */
  @FunctionalInterface
  interface Check {

    /** Any result is right. */
    Check NONE = (folder, mutant, out) -> List.of();

    /**
     * @param folder the copy of the folder
     * @param mutant the damaged file's content
     * @param out standard output
     * @return what is wrong
     */
    List<String> complaints(Path folder, byte[] mutant, String out);
  }

  /** The arguments for a copy of the folder. */
  String[] arguments(Path copy) {
    return command.stream()
        .map(argument -> argument.replace("@", copy.toString()))
        .toArray(String[]::new);
  }
}
