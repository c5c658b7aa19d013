// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a column of a file holds, as far as the rows show that were looked at. */
final class ColumnFacts {

  /** More different values are none that a classifier could learn. */
  private static final int MOST_VALUES = 1_000;

  /** A value that is repeated less often says little of its row. */
  private static final int FEWEST_REPEATS = 2;

  private final Map<String, Long> values = new LinkedHashMap<>();
  private boolean tooMany;
  private long filled;
  private long characters;
  private long numbers;
  private long ideographs;
  private boolean lists;

  void add(Object value) {
    lists |= value instanceof Collection;
    String text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      return;
    }
    filled++;
    characters += text.length();
    numbers += isNumber(text) ? 1 : 0;
    ideographs += text.codePoints().filter(Character::isIdeographic).count();
    if (values.size() < MOST_VALUES || values.containsKey(text)) {
      values.merge(text, 1L, Long::sum);
    } else {
      tooMany = true;
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
  }

  /** Rows that have a value there. */
  long filled() {
    return filled;
  }

  /** How many different values there are. */
  int different() {
    return values.size();
  }

  /** Characters of a value, on average. */
  long meanLength() {
    return filled == 0 ? 0 : Math.round((double) characters / filled);
  }

  /** The share of characters that are Chinese, from 0 to 1. */
  double ideographic() {
    return characters == 0 ? 0 : (double) ideographs / characters;
  }

  /** Whether it may be what a classifier learns: a few values, each of them repeated. */
  boolean mayBeLabel() {
    return !tooMany
        && !lists
        && values.size() > 1
        && filled >= (long) FEWEST_REPEATS * values.size();
  }

  /** Whether each value is a number. */
  boolean isNumeric() {
    return filled > 0 && numbers == filled;
  }

  /** Whether it may be a text that a model reads. */
  boolean mayBeText() {
    return filled > 0 && !isNumeric() && !lists;
  }
}
