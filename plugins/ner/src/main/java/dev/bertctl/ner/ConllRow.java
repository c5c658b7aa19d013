// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A line of a CoNLL file: one word with its columns.
 *
 * @param location file and line
 * @param tabs whether tabs separate the columns; if not, spaces do
 * @param cells the columns
 */
record ConllRow(Location location, boolean tabs, List<String> cells) {

  private static final String DOCUMENT_MARK = "-DOCSTART-";

  /** White space of ASCII: other white space and control characters may be words of tweets. */
  private static final String SPACE = " \t\f\r\u000B";

  /** Takes time in proportion to the line's length, however many spaces it has. */
  static ConllRow of(Line line) {
    String text = line.text();
    boolean tabs = text.indexOf('\t') >= 0;
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) != '\t' && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return new ConllRow(
        line.location(), tabs, tabs ? tabbed(text, end) : spaced(text.substring(0, end)));
  }

  private static List<String> tabbed(String text, int end) {
    List<String> cells = new ArrayList<>();
    int tab;
    for (int from = 0; from <= end; from = tab + 1) {
      tab = text.indexOf('\t', from);
      tab = tab < 0 ? end : tab;
      cells.add(withoutSpacesAround(text, from, tab));
    }
    return cells;
  }

  private static String withoutSpacesAround(String text, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && text.charAt(first) == ' ') {
      first++;
    }
    while (last > first && text.charAt(last - 1) == ' ') {
      last--;
    }
    return text.substring(first, last);
  }

  private static List<String> spaced(String text) {
    return Collections.list(new StringTokenizer(text, " ")).stream().map(Object::toString).toList();
  }

  /** Whether a line begins a document, as in CoNLL-2003. With a space before it, it is a word. */
  static boolean beginsDocument(Line line) {
    String text = line.text();
    return text.startsWith(DOCUMENT_MARK)
        && (text.length() == DOCUMENT_MARK.length()
            || isSpace(text.charAt(DOCUMENT_MARK.length())));
  }

  /**
   * A line of a word and its tag, which is read again as these: white space in the word, which
   * would end the line or the column, becomes a space.
   */
  static String line(String word, String tag) {
    String written = word.replaceAll("[\\t\\r\\n]", " ");
    return (written.startsWith(DOCUMENT_MARK) ? " " : "") + written + "\t" + tag;
  }

  static boolean isBlank(Line line) {
    return line.text().chars().allMatch(ConllRow::isSpace);
  }

  private static boolean isSpace(int character) {
    return SPACE.indexOf(character) >= 0;
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
