// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.pages.Page;
import dev.bertctl.pages.PageKind;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Path;

/** Files of explanations. */
public final class ExplanationFile {

  private ExplanationFile() {}

  /**
   * Writes JSON.
   *
   * @throws dev.bertctl.runtime.UserException if the file system refuses
   */
  public static void writeJson(ExplanationReport report, Path file) {
    JsonFile.write(file, report.fields());
  }

  /**
   * Writes a page for a browser.
   *
   * @throws dev.bertctl.runtime.UserException if the file system refuses
   */
  public static void writePage(ExplanationReport report, Path file) {
    new Page(PageKind.EXPLANATION, "Explanations of " + report.model(), report.fields())
        .write(file);
  }
}
