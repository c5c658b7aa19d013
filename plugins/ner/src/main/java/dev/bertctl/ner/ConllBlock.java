// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows between two blank lines of a CoNLL file: a sentence, one word a row.
 *
 * @param rows at least one
 * @param document how many documents began before the sentence's own
 */
record ConllBlock(List<Row> rows, int document) {

  /**
   * One word with its columns.
   *
   * @param location file and line
   * @param tabs whether tabs separate the columns; if not, spaces do
   * @param cells the columns
   */
  record Row(Location location, boolean tabs, List<String> cells) {

    /** White space of ASCII: other white space and control characters may be words of tweets. */
    private static final String SPACE = "[ \\t\\f\\r\\x0B]+";

    static Row of(Line line) {
      String text = line.text().replaceAll("^ +|" + SPACE + "$", "");
      boolean tabs = text.contains("\t");
      String[] cells = tabs ? text.split(" *\t *") : text.split(" +");
      return new Row(line.location(), tabs, List.of(cells));
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

    private boolean mayBeComment() {
      return cells.get(0).startsWith("#");
    }

    private boolean hasColumnsOf(Row other) {
      return tabs == other.tabs && cells.size() == other.cells.size();
    }
  }

  /**
   * Leaves comments out, if there are any: rows before the sentence's first word that begin with
   * {@code #} and have other columns than the words' rows, in number or by what separates them.
   * Others are words, such as the # of a tweet.
   */
  static ConllBlock of(List<Line> lines, int document) {
    List<Row> rows = new ArrayList<>(lines.stream().map(Row::of).toList());
    Optional<Row> word = rows.stream().filter(row -> !row.mayBeComment()).findFirst();
    while (word.isPresent()
        && rows.get(0).mayBeComment()
        && !rows.get(0).hasColumnsOf(word.get())) {
      rows.remove(0);
    }
    return new ConllBlock(rows, document);
  }
}
