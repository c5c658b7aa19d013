// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a record apart, line by line, in which cells may be quoted: one that begins with a double
 * quote ends with one, and quotes within it are doubled; tabs and line breaks belong to it. Each
 * character is looked at once.
 */
final class QuotedCells {

  private static final char QUOTE = '"';
  private static final char SEPARATOR = '\t';

  private final List<String> values = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private State state = State.COMPLETE;
  private int quoted;
  private boolean needed;
  private boolean bareQuote;

  /** How far a record is. */
  enum State {
    /** A line has ended within quotes: the next one belongs to the record. */
    OPEN,
    /** Something follows a closing quote: the text is no record. */
    MALFORMED,
    /** The record has ended with its line. */
    COMPLETE
  }

  /** Reads a line, the first or one that belongs to an open record. */
  State add(CharSequence line) {
    int position = 0;
    if (state == State.OPEN) {
      needed = true;
      cell.append('\n');
      position = quoted(line, 0);
    } else {
      position = begin(line, 0);
    }
    while (state == State.COMPLETE && position < line.length()) {
      position = begin(line, position + 1);
    }
    return state;
  }

  /** The cells, without the quotes around them. */
  List<String> values() {
    return values;
  }

  /** Whether all cells that are not empty are quoted, and there are some. */
  boolean areAllQuoted() {
    return quoted > 0 && quoted >= values.stream().filter(value -> !value.isEmpty()).count();
  }

  /**
   * Whether it is as programs write that quote only where it is needed: each quoted cell has a tab,
   * a line break or a quote in it, and no quote stands in a cell without.
   */
  boolean showsThatTheFileQuotes() {
    return needed && !bareQuote;
  }

  /** Whether a quote stands within a cell that is not quoted. */
  boolean hasBareQuote() {
    return bareQuote;
  }

  private int begin(CharSequence line, int start) {
    if (start < line.length() && line.charAt(start) == QUOTE) {
      quoted++;
      cell.setLength(0);
      return quoted(line, start + 1);
    }
    int end = start;
    while (end < line.length() && line.charAt(end) != SEPARATOR) {
      bareQuote |= line.charAt(end) == QUOTE;
      end++;
    }
    values.add(line.subSequence(start, end).toString());
    return end;
  }

  private int quoted(CharSequence line, int start) {
    state = State.OPEN;
    int position = start;
    while (position < line.length()) {
      char c = line.charAt(position++);
      if (c != QUOTE) {
        needed |= c == SEPARATOR;
        cell.append(c);
      } else if (position < line.length() && line.charAt(position) == QUOTE) {
        needed = true;
        cell.append(QUOTE);
        position++;
      } else {
        values.add(cell.toString());
        state =
            position == line.length() || line.charAt(position) == SEPARATOR
                ? State.COMPLETE
                : State.MALFORMED;
        return position;
      }
    }
    return position;
  }
}
