// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import java.util.regex.Pattern;

/**
 * What becomes of cells that a spreadsheet would take for a formula and compute: texts of others
 * may stand in them (OWASP, "CSV Injection").
 */
public enum Formulas {
  /** The cells are the data as they are. */
  KEPT,
  /** Such a cell gets an apostrophe before it, by which spreadsheets know a text. */
  ESCAPED;

  /** The full-width signs count where Japanese, Chinese or Korean is written. */
  private static final Pattern FORMULA =
      Pattern.compile("[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|-Infinity");

  /** A cell as it is written. */
  String cell(String text) {
    return this == ESCAPED && FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches()
        ? "'" + text
        : text;
  }
}
