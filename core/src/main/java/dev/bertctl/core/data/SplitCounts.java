// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Location;
import java.util.List;

/**
 * What was read of a split.
 *
 * @param rows rows read (csv, tsv, jsonl), or else examples read and left out
 * @param examples examples taken
 * @param skipped what the reader left out, by reason
 */
public record SplitCounts(long rows, long examples, List<Skip> skipped) {

  /** Copies the list. */
  public SplitCounts {
    skipped = List.copyOf(skipped);
  }

  /**
   * Rows left out for one reason.
   *
   * @param reason a few words
   * @param count how many
   * @param first the first of them
   */
  public record Skip(String reason, long count, Location first) {
    @Override
    public String toString() {
      return "%,d %s (first: %s)".formatted(count, reason, first);
    }
  }
}
