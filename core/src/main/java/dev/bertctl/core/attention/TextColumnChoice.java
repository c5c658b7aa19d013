// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which columns of rows that nobody has told anything of are texts: the first two that hold several
 * words, or writing without spaces such as Chinese; where none does, the first two that hold
 * anything but numbers.
 */
final class TextColumnChoice {

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.,]+([eE][-+]?[0-9]+)?");
  private static final Pattern WORDS = Pattern.compile("(?s).*\\S\\s+\\S.*");
  private static final int MOST = 2;

  private TextColumnChoice() {}

  /**
   * The columns, one or two.
   *
   * @param row the first of all
   * @throws DataException if there is none
   */
  static List<String> of(Row row) {
    List<String> any =
        row.columns().entrySet().stream()
            .filter(TextColumnChoice::isText)
            .map(Map.Entry::getKey)
            .toList();
    if (any.isEmpty()) {
      throw new DataException(
          row.location(),
          "no column holds a text; the row has: " + String.join(", ", row.columns().keySet()));
    }
    List<String> worded =
        any.stream().filter(name -> isWorded((String) row.columns().get(name))).toList();
    return (worded.isEmpty() ? any : worded).stream().limit(MOST).toList();
  }

  private static boolean isText(Map.Entry<String, Object> column) {
    return column.getValue() instanceof String text
        && !text.isBlank()
        && !NUMBER.matcher(text.strip()).matches();
  }

  private static boolean isWorded(String text) {
    return WORDS.matcher(text).matches()
        || text.codePoints().filter(Character::isIdeographic).count() > 1;
  }
}
