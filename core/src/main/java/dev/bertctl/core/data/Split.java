// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Location;
import java.util.List;

/**
 * One part of a task's data, read.
 *
 * @param name what the user calls it: train, validation, test
 * @param file where it was read
 * @param examples in the file's order
 * @param rows rows read (csv, tsv, jsonl), or else examples read and left out
 * @param skipped what the reader left out, by reason
 * @param <X> an example
 */
public record Split<X>(
    String name, Location file, List<X> examples, long rows, List<Skip> skipped) {

  /** Copies the lists. */
  public Split {
    examples = List.copyOf(examples);
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
