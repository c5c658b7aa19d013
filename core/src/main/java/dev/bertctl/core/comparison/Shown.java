// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

/** Values of data in messages: in quotes, of long ones the beginning. */
final class Shown {

  private static final int LONGEST = 60;

  private Shown() {}

  static String value(Object value) {
    String text = String.valueOf(value);
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return "'" + text + "'";
    }
    return "'" + text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…'";
  }
}
