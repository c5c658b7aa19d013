// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.explain.ExplanationFile;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.runtime.files.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where explanations go: files whose endings tell their form, else standard output. */
@Command
final class ExplanationOutputs {

  private static final String PAGE = ".html";
  private static final String JSON = ".json";
  private static final String TEXT = ".txt";
  private static final List<String> ENDINGS = List.of(PAGE, JSON, TEXT);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write, by its ending: .html (a page for a browser), .json (all scores) or .txt; may"
              + " be given several times. Text on standard output unless given.")
  private List<Path> files = List.of();

  /** Whether nothing is written but to standard output. */
  boolean isToStandardOutput() {
    return files.isEmpty();
  }

  /**
   * Makes sure that the files can be written, before anything is explained.
   *
   * @throws ParameterException if an ending is not known
   * @throws dev.bertctl.runtime.files.FileException if the file system refuses
   */
  void requireWritable() {
    for (Path file : files) {
      if (!ENDINGS.contains(ending(file))) {
        throw new ParameterException(
            command.commandLine(),
            "--output %s: the name's ending does not tell the form; known endings: %s"
                .formatted(file, String.join(", ", ENDINGS)));
      }
    }
    files.forEach(WholeFile::requireWritable);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * Writes the files.
   *
   * @param view how it is written as text
   * @param listener is told which files were written
   */
  void write(ExplanationReport report, ExplanationView view, JobListener listener) {
    for (Path file : files) {
      switch (ending(file)) {
        case PAGE -> ExplanationFile.writePage(report, file);
        case JSON -> ExplanationFile.writeJson(report, file);
        default -> writeText(report, view, file);
      }
      listener.notice("written: " + file);
    }
  }

  private static void writeText(ExplanationReport report, ExplanationView view, Path file) {
    String rows = report.rows().stream().map(view::of).collect(Collectors.joining());
    WholeFile.write(file, partial -> Files.writeString(partial, rows + view.end(report)));
  }
}
