// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;

/** The tab-separated exports of INCEpTION and WebAnno, which look like columns and are not read. */
final class WebAnno {

  private static final String BEGINNING = "#FORMAT=WebAnno TSV";

  private WebAnno() {}

  /**
   * Refuses such a file by its name.
   *
   * @param line a line, which is the file's first or is none of these
   * @throws DataException if it is one
   */
  static void refuse(Line line) {
    if (line.text().startsWith(BEGINNING)) {
      throw new DataException(
          line.location(),
          "the file is a WebAnno TSV export of INCEpTION or WebAnno, which bertctl does not read; export it as CoNLL 2002 or CoNLL 2003 there");
    }
  }
}
