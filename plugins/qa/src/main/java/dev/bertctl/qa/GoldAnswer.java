// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.Optional;

/**
 * An answer that annotators gave.
 *
 * @param text as it stands in the data
 * @param place where it stands in the passage, without white space around it; empty where the data
 *     are wrong or do not make it clear
 */
record GoldAnswer(String text, Optional<Span> place) {

  /**
   * An answer whose place is given.
   *
   * @param start where it begins in the passage, counted in Unicode characters (code points), as
   *     Python does
   */
  static GoldAnswer at(long start, String text, String passage) {
    if (start < 0 || start > passage.codePointCount(0, passage.length())) {
      return new GoldAnswer(text, Optional.empty());
    }
    int index = passage.offsetByCodePoints(0, (int) start);
    return new GoldAnswer(
        text, passage.startsWith(text, index) ? span(index, text) : Optional.empty());
  }

  /** An answer whose place is not given: it has one if it occurs in the passage only once. */
  static GoldAnswer somewhere(String text, String passage) {
    int first = passage.indexOf(text);
    boolean once = first >= 0 && passage.indexOf(text, first + 1) < 0;
    return new GoldAnswer(text, once ? span(first, text) : Optional.empty());
  }

  private static Optional<Span> span(int index, String text) {
    int start = index + text.length() - text.stripLeading().length();
    return Optional.of(new Span(start, start + text.strip().length()));
  }
}
