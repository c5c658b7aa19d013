// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.spi.decode.MarkedText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An example, what was predicted for it, and why.
 *
 * @param place where it was read
 * @param row its columns and the prediction
 * @param prediction the prediction alone
 * @param marked the prediction in its text, where the task shows it so
 * @param explanations none where a tagger gives no word a tag
 */
public record ExplainedRow(
    String place,
    Map<String, Object> row,
    Map<String, Object> prediction,
    Optional<MarkedText> marked,
    List<ShownExplanation> explanations) {

  /** Copies maps and list. */
  public ExplainedRow {
    row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
    prediction = Collections.unmodifiableMap(new LinkedHashMap<>(prediction));
    explanations = List.copyOf(explanations);
  }
}
