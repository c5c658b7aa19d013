// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import java.util.List;
import java.util.Map;

/** Named rows of cells, one column a token, broken into blocks as wide as a terminal. */
final class WrappedTable {

  private final Map<String, List<String>> rows;
  private final String indent;
  private final int width;

  /**
   * @param rows cells by row name; all rows are equally long
   * @param indent in front of each line
   * @param width columns of the terminal; a cell that is wider stands alone
   */
  WrappedTable(Map<String, List<String>> rows, String indent, int width) {
    this.rows = rows;
    this.indent = indent;
    this.width = width;
  }

  @Override
  public String toString() {
    int names = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    int columns = rows.values().iterator().next().size();
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < columns) {
      int to = from;
      int used = indent.length() + names;
      do {
        used += 2 + columnWidth(to++);
      } while (to < columns && used + 2 + columnWidth(to) <= width);
      text.append(from == 0 ? "" : "\n");
      appendBlock(text, names, from, to);
      from = to;
    }
    return text.toString();
  }

  private void appendBlock(StringBuilder text, int names, int from, int to) {
    rows.forEach(
        (name, cells) -> {
          StringBuilder line = new StringBuilder(indent).append(pad(name, names));
          for (int column = from; column < to; column++) {
            line.append("  ").append(pad(cells.get(column), columnWidth(column)));
          }
          text.append(line.toString().stripTrailing()).append('\n');
        });
  }

  private int columnWidth(int column) {
    return rows.values().stream()
        .mapToInt(cells -> displayWidth(cells.get(column)))
        .max()
        .orElse(0);
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(Math.max(0, width - displayWidth(cell)));
  }

  /** Columns that a terminal needs: East Asian characters take two, combining ones none. */
  private static int displayWidth(String cell) {
    return cell.codePoints().map(WrappedTable::displayWidth).sum();
  }

  private static int displayWidth(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean fullWidth =
        Character.isIdeographic(character)
            || character >= 0x1100 && character <= 0x115F // Hangul letters
            || character >= 0x3000 && character <= 0x30FF // CJK punctuation, kana
            || character >= 0xAC00 && character <= 0xD7A3 // Hangul syllables
            || character >= 0xFF01 && character <= 0xFF60 // full-width forms
            || character >= 0x1F300 && character <= 0x1FAFF; // emoji
    return fullWidth ? 2 : 1;
  }
}
