// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something found in data.
 *
 * @param what in a few words
 * @param count how often
 * @param first the first few places
 */
public record Finding(String what, long count, List<String> first) {

  /** Copies the list. */
  public Finding {
    first = List.copyOf(first);
  }

  /** As plain values. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("what", what);
    fields.put("count", count);
    fields.put("first", first);
    return fields;
  }

  @Override
  public String toString() {
    return "%,d %s (%s%s)"
        .formatted(count, what, String.join(", ", first), count > first.size() ? ", ..." : "");
  }
}
