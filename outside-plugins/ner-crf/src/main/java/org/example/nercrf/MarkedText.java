// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text and its entities, which are written like links: {@code [Anna Weber](person) lives in
 * [Graz](place).} is the text "Anna Weber lives in Graz." with two entities.
 *
 * @param text without the marks
 * @param entities in their order
 */
record MarkedText(String text, List<Entity> entities) {

  private static final Pattern MARK = Pattern.compile("\\[([^\\[\\]]+)]\\(([A-Za-z][\\w-]*)\\)");

  /** Copies the list. */
  MarkedText {
    entities = List.copyOf(entities);
  }

  static MarkedText parse(String marked) {
    StringBuilder text = new StringBuilder();
    List<Entity> entities = new ArrayList<>();
    Matcher mark = MARK.matcher(marked);
    int from = 0;
    while (mark.find()) {
      text.append(marked, from, mark.start());
      int start = text.length();
      text.append(mark.group(1));
      entities.add(new Entity(mark.group(2), start, text.length()));
      from = mark.end();
    }
    return new MarkedText(text.append(marked.substring(from)).toString(), entities);
  }
}
