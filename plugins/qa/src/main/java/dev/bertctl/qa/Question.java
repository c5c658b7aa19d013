// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question on a passage.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param id by which predictions are told apart
 * @param text the question
 * @param passage the text that may hold the answer
 * @param answers the gold answers, none where the passage does not answer the question; empty if
 *     not known
 */
record Question(
    Location location,
    Map<String, Object> columns,
    String id,
    String text,
    String passage,
    Optional<List<GoldAnswer>> answers)
    implements Example {

  /** Whether it is known that the passage does not answer the question. */
  boolean hasNoAnswer() {
    return answers.map(List::isEmpty).orElse(false);
  }

  /** The texts of the gold answers. */
  List<String> goldTexts() {
    return answers.orElseThrow().stream().map(GoldAnswer::text).toList();
  }
}
