// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bertctl.server.text.Fields;

/** What requests say of texts that are too long. */
final class Truncation {

  private static final String DIRECTION = "truncation_direction";

  private Truncation() {}

  /**
   * Whether they are cut: unless a request says otherwise they are.
   *
   * @throws dev.bertctl.server.problem.ProblemException if they are to be cut at their beginning
   */
  static boolean of(Fields fields) {
    String direction = fields.findText(DIRECTION).orElse("right");
    if (!direction.equalsIgnoreCase("right")) {
      throw Fields.wrong(
          DIRECTION,
          TextNode.valueOf(direction),
          "\"right\": texts are cut at their ends, as they were in training");
    }
    return fields.findFlag("truncate").orElse(true);
  }
}
