// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.explain.ExplanationFile;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.runtime.files.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Where explanations go: files whose endings tell their form, else standard output. */
final class ExplanationOutputs {

  private final ShownFilesOption files;

  ExplanationOutputs(ShownFilesOption files) {
    this.files = files;
  }

  /**
   * Writes the files.
   *
   * @param view how it is written as text
   * @param listener is told which files were written
   */
  void write(ExplanationReport report, ExplanationView view, JobListener listener) {
    for (Path file : files.all()) {
      switch (ShownFilesOption.ending(file)) {
        case ShownFilesOption.PAGE -> ExplanationFile.writePage(report, file);
        case ShownFilesOption.JSON -> ExplanationFile.writeJson(report, file);
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
