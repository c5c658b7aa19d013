// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts rows that a reader leaves out, by reason. */
public final class Skips implements ExampleReader.Skipped {

  private final Map<String, Split.Skip> byReason = new LinkedHashMap<>();

  @Override
  public void count(Location location, String reason) {
    byReason.merge(
        reason,
        new Split.Skip(reason, 1, location),
        (all, one) -> new Split.Skip(reason, all.count() + 1, all.first()));
  }

  /** What was left out, by reason. */
  public List<Split.Skip> list() {
    return List.copyOf(byReason.values());
  }

  long total() {
    return byReason.values().stream().mapToLong(Split.Skip::count).sum();
  }

  /** What was left out, in parentheses; empty if nothing was. */
  String describe() {
    return byReason.isEmpty()
        ? ""
        : byReason.values().stream()
            .map(Split.Skip::toString)
            .collect(Collectors.joining(", ", " (left out: ", ")"));
  }
}
