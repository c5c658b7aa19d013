// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of examples, of long ones a part: the beginning, or what is around the first mark. An
 * ellipsis says where characters were left out, and how many.
 */
public final class ShownText {

  /** Unicode characters of a passage. */
  static final int LONGEST = 600;

  /** Characters that are shown before the first mark of a long passage. */
  private static final int BEFORE = 200;

  private ShownText() {}

  /** A text without marks. */
  public static String cut(String text, int longest) {
    int length = text.codePointCount(0, text.length());
    return length <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)) + more(length - longest);
  }

  /** Parts with {@code text} and, where they are marked, {@code label}. */
  static List<Map<String, Object>> parts(MarkedText marked) {
    int length = marked.text().codePointCount(0, marked.text().length());
    int first = marked.marks().stream().mapToInt(Mark::start).findFirst().orElse(0);
    int from = length <= LONGEST ? 0 : Math.max(0, Math.min(first - BEFORE, length - LONGEST));
    int to = Math.min(length, from + LONGEST);
    List<Map<String, Object>> parts = new ArrayList<>();
    if (from > 0) {
      parts.add(part("(%,d characters before) … ".formatted(from), ""));
    }
    within(marked, from, to).parts().forEach(part -> parts.add(part(part.text(), part.label())));
    if (to < length) {
      parts.add(part(more(length - to), ""));
    }
    return parts;
  }

  private static String more(int characters) {
    return " … (%,d more characters)".formatted(characters);
  }

  private static MarkedText within(MarkedText marked, int from, int to) {
    String text = marked.text();
    int start = text.offsetByCodePoints(0, from);
    return new MarkedText(
        text.substring(start, text.offsetByCodePoints(start, to - from)),
        marked.marks().stream()
            .filter(mark -> mark.start() < to && mark.end() > from)
            .map(
                mark ->
                    new Mark(
                        Math.max(mark.start(), from) - from,
                        Math.min(mark.end(), to) - from,
                        mark.label()))
            .toList());
  }

  private static Map<String, Object> part(String text, String label) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("text", text);
    if (!label.isEmpty()) {
      part.put("label", label);
    }
    return part;
  }
}
