// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.files.ExclusiveFiles;
import dev.bertctl.runtime.files.WholeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --output}: where what is to be looked at goes, in forms that files' endings tell. */
@Command
final class ShownFilesOption {

  static final String PAGE = ".html";
  static final String JSON = ".json";
  static final String TEXT = ".txt";

  private static final List<String> ENDINGS = List.of(PAGE, JSON, TEXT);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write, by its ending: .html (a page for a browser), .json (all figures) or .txt;"
              + " may be given several times. Text on standard output unless given.")
  private List<Path> files = List.of();

  /** Whether nothing is written but to standard output. */
  boolean isToStandardOutput() {
    return files.isEmpty();
  }

  /** All files, in their order. */
  List<Path> all() {
    return files;
  }

  /**
   * Does work that writes the files, once it is sure that they can be written.
   *
   * @throws ParameterException if an ending is not known
   * @throws dev.bertctl.runtime.files.FileException if the file system refuses
   * @throws dev.bertctl.runtime.UserException if another process writes one of them
   */
  void during(Runnable work) {
    for (Path file : files) {
      if (!ENDINGS.contains(ending(file))) {
        throw new ParameterException(
            command.commandLine(),
            "--output %s: the name's ending does not tell the form; known endings: %s"
                .formatted(file, String.join(", ", ENDINGS)));
      }
    }
    ExclusiveFiles.work(
        files,
        () -> {
          files.forEach(WholeFile::requireWritable);
          work.run();
          return null;
        });
  }

  /** The form that a file's name tells: one of the constants. */
  static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }
}
