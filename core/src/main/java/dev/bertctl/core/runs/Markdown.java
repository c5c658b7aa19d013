// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Texts and tables of Markdown, in which nothing that stands in a text is taken for markup. */
final class Markdown {

  private Markdown() {}

  /** A text, on one line. */
  static String text(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceAll("([\\\\`*_\\[\\]<>|#&~$])", "\\\\$1");
  }

  /** Texts, with commas between. */
  static String list(List<String> texts) {
    return texts.stream().map(Markdown::text).collect(Collectors.joining(", "));
  }

  /** A table of texts, each row with a cell for each heading. */
  static String table(List<String> headings, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(headings));
    table.append('\n').append(row(Collections.nCopies(headings.size(), "---")));
    rows.forEach(cells -> table.append('\n').append(row(cells)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::text).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
