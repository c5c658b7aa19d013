// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bertctl.runtime.packing.TruncationSide;
import dev.bertctl.server.text.Fields;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request says of texts that are too long.
 *
 * @param allowed whether they are cut; otherwise they are refused
 * @param side where they are cut
 */
public record Truncation(boolean allowed, TruncationSide side) {

  /** That of requests which say nothing: texts are cut at their ends, as they were in training. */
  public static final Truncation USUAL = new Truncation(true, TruncationSide.RIGHT);

  private static final String DIRECTION = "truncation_direction";

  /**
   * Reads a request.
   *
   * @throws dev.bertctl.server.problem.ProblemException if the direction is none
   */
  static Truncation of(Fields fields) {
    return new Truncation(
        fields.findFlag("truncate").orElse(USUAL.allowed), side(fields.findText(DIRECTION)));
  }

  /** That server has them with and without a capital. */
  private static TruncationSide side(Optional<String> direction) {
    String text = direction.orElse("right");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "right" -> TruncationSide.RIGHT;
      case "left" -> TruncationSide.LEFT;
      default -> throw Fields.wrong(DIRECTION, TextNode.valueOf(text), "\"right\" or \"left\"");
    };
  }
}
