// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import java.util.Optional;
import java.util.stream.Stream;

/** The tab-separated exports of INCEpTION and WebAnno, which look like columns and are not read. */
final class WebAnno {

  private static final String FIRST_LINE = "#FORMAT=WebAnno TSV";

  private WebAnno() {}

  /**
   * Refuses such a file by its name.
   *
   * @throws DataException if it is one
   */
  static void refuse(DataFile file) {
    if (file.canBeReread()) {
      try (Stream<Line> lines = file.lines()) {
        Optional<Line> first = lines.findFirst();
        if (first.isPresent() && first.get().text().startsWith(FIRST_LINE)) {
          throw new DataException(
              first.get().location(),
              "the file is a WebAnno TSV export of INCEpTION or WebAnno, which bertctl does not read; export it as CoNLL 2002 or CoNLL 2003 there");
        }
      }
    }
  }
}
