// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list within a table's cell, as JSON and Python write it: {@code ["joy", "anger"]}, {@code
 * ['joy']}, {@code [3, 17]}.
 */
final class ListText {

  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|([^\\s,\"'\\[\\]]+))\\s*(,|$)");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private ListText() {}

  /** The list's items; empty if the text is no such list. */
  static Optional<List<String>> items(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("[") || !stripped.endsWith("]") || stripped.length() < 2) {
      return Optional.empty();
    }
    String inner = stripped.substring(1, stripped.length() - 1).strip();
    List<String> items = new ArrayList<>();
    Matcher matcher = ITEM.matcher(inner);
    int end = 0;
    while (end < inner.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        return Optional.empty();
      }
      items.add(item(matcher));
      end = matcher.end();
    }
    return Optional.of(items);
  }

  private static String item(Matcher matcher) {
    String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return quoted == null
        ? matcher.group(3)
        : ESCAPE.matcher(quoted).replaceAll(escape -> Matcher.quoteReplacement(escape.group(1)));
  }
}
