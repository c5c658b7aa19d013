// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.TextReader;
import java.io.IOException;

/**
 * Tells documents of JSON from rows: many files called .json are an array of rows, or a row a line.
 */
final class JsonForm {

  private JsonForm() {}

  /** Whether a text begins with an array. */
  static boolean isArray(TextReader text) throws IOException {
    return text.peek(head -> !head.isBlank()).stripLeading().startsWith("[");
  }

  /** Whether a text is rows: an array, or a line that is an object, and then another object. */
  static boolean isRows(TextReader text) throws IOException {
    String head = text.peek(JsonForm::hasTwoLines).strip();
    int end = head.indexOf('\n');
    return head.startsWith("[")
        || end > 0
            && head.startsWith("{")
            && head.substring(0, end).stripTrailing().endsWith("}")
            && head.substring(end).stripLeading().startsWith("{");
  }

  private static boolean hasTwoLines(String head) {
    int end = head.strip().indexOf('\n');
    return end > 0 || head.stripLeading().startsWith("[");
  }
}
