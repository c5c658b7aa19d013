// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.List;

/**
 * A line of a CoNLL file: one word with its columns.
 *
 * @param location file and line
 * @param tabs whether tabs separate the columns; if not, spaces do
 * @param cells the columns
 */
record ConllRow(Location location, boolean tabs, List<String> cells) {

  /** White space of ASCII: other white space and control characters may be words of tweets. */
  private static final String SPACE = "[ \\t\\f\\r\\x0B]+";

  static ConllRow of(Line line) {
    boolean tabs = line.text().contains("\t");
    String text = line.text().replaceAll("^ +|[ \\f\\r\\x0B]+$", "");
    String[] cells = tabs ? text.split(" *\t *", -1) : text.split(" +");
    return new ConllRow(line.location(), tabs, List.of(cells));
  }

  static boolean isBlank(Line line) {
    return line.text().isEmpty() || line.text().matches(SPACE);
  }

  /**
   * A cell.
   *
   * @param column its number, from 1
   * @param option the option that says so
   */
  String cell(int column, String option) {
    if (column > cells.size()) {
      throw new DataException(
          location,
          "the line has %d %s, but '%s' is %d; correct the line or the option"
              .formatted(cells.size(), cells.size() == 1 ? "column" : "columns", option, column));
    }
    return cells.get(column - 1);
  }

  boolean mayBeComment() {
    return cells.get(0).startsWith("#");
  }

  boolean hasColumnsOf(ConllRow other) {
    return tabs == other.tabs && cells.size() == other.cells.size();
  }
}
