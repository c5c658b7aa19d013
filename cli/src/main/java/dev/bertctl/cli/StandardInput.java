// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.spi.data.DataFile.Format;
import java.util.Optional;
import java.util.function.Consumer;

/** Standard input, where the user may be the one who is to write it. */
final class StandardInput {

  /** What stands for it in the place of a file. */
  static final String NAME = "-";

  private StandardInput() {}

  /**
   * Says on a terminal that it is read: otherwise the command would wait in silence. Java cannot
   * ask whether it is one, so the launcher does.
   *
   * @param format its format as far as it is known
   */
  static void noticeOnTerminal(Optional<Format> format, Consumer<String> notice) {
    if (Boolean.getBoolean("bertctl.terminal-input")) {
      notice.accept(text(format.orElse(Format.JSONL)));
    }
  }

  static String text(Format format) {
    String form =
        switch (format) {
          case JSONL -> "JSON lines, one object a line";
          case JSON -> "one JSON document";
          case CSV -> "csv, the names of the columns first";
          case TSV -> "tsv, the names of the columns first";
          case CONLL -> "columns, a word a line";
          case TEXT -> "lines of text, or JSON lines if the first begins with '{'";
        };
    return "reading standard input (%s); Ctrl-D at the beginning of a line ends it, and --input FILE reads a file"
        .formatted(form);
  }
}
