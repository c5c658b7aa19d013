// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What was read of a split.
 *
 * @param rows rows read (csv, tsv, jsonl), or else examples read and left out
 * @param dropped rows that {@code data.where} left out, by reason
 * @param examples examples taken
 * @param skipped what the reader left out, by reason
 * @param inOtherPart rows, or else examples, that are of the other part where {@code data.split}
 *     divides the training data
 * @param notDrawn examples that {@code data.sample} left out
 * @param limit where {@code data.limit} ended the reading, if it did; rows behind it are not read
 * @param warnings examples that are most likely mistakes, by what they are
 */
public record SplitCounts(
    long rows,
    List<Skip> dropped,
    long examples,
    List<Skip> skipped,
    long inOtherPart,
    long notDrawn,
    OptionalInt limit,
    List<Skip> warnings) {

  /** Copies the lists. */
  public SplitCounts {
    dropped = List.copyOf(dropped);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }

  /** As plain values, by the names that results have them under. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", rows);
    if (!dropped.isEmpty()) {
      fields.put("left_out_by_where", byReason(dropped));
    }
    fields.put("examples", examples);
    fields.put("left_out", byReason(skipped));
    if (inOtherPart > 0) {
      fields.put("in_other_part", inOtherPart);
    }
    fields.put("not_drawn", notDrawn);
    limit.ifPresent(rows -> fields.put("limit", rows));
    if (!warnings.isEmpty()) {
      fields.put("warnings", byReason(warnings));
    }
    return fields;
  }

  private static Map<String, Object> byReason(List<Skip> skips) {
    Map<String, Object> counts = new LinkedHashMap<>();
    skips.forEach(skip -> counts.put(skip.reason(), skip.count()));
    return counts;
  }

  /**
   * Rows left out, or warned of, for one reason.
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
