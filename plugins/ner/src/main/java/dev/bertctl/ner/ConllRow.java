// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.List;

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

  static ConllRow of(Line line) {
    boolean tabs = line.text().indexOf('\t') >= 0;
    return new ConllRow(line.location(), tabs, cells(line.text(), tabs ? '\t' : ' '));
  }

  /**
   * The cells of a line, without spaces around them. Each character is looked at a fixed number of
   * times, however many spaces there are.
   *
   * @param separator a tab, or a space, of which several in a row separate as one does
   */
  static List<String> cells(CharSequence line, char separator) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) != '\t' && isSpace(line.charAt(end - 1))) {
      end--;
    }
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= end; at++) {
      if (at == end || line.charAt(at) == separator) {
        String cell = withoutSpacesAround(line, from, at);
        if (separator == '\t' || !cell.isEmpty()) {
          cells.add(cell);
        }
        from = at + 1;
      }
    }
    return cells;
  }

  private static String withoutSpacesAround(CharSequence line, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && line.charAt(first) == ' ') {
      first++;
    }
    while (last > first && line.charAt(last - 1) == ' ') {
      last--;
    }
    return line.subSequence(first, last).toString();
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
