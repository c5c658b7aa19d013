// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts rows that a reader leaves out, by reason, and those that it warns of. */
public final class Skips implements ExampleReader.Skipped {

  private final Map<String, SplitCounts.Skip> byReason = new LinkedHashMap<>();
  private final Map<String, SplitCounts.Skip> warnings = new LinkedHashMap<>();

  @Override
  public void count(Location location, String reason) {
    count(byReason, location, reason);
  }

  @Override
  public void warn(Location location, String what) {
    count(warnings, location, what);
  }

  private static void count(
      Map<String, SplitCounts.Skip> counts, Location location, String reason) {
    counts.merge(
        reason,
        new SplitCounts.Skip(reason, 1, location),
        (all, one) -> new SplitCounts.Skip(reason, all.count() + 1, all.first()));
  }

  /** Adds what was counted elsewhere. */
  void add(SplitCounts.Skip skip) {
    byReason.merge(
        skip.reason(),
        skip,
        (all, more) ->
            new SplitCounts.Skip(skip.reason(), all.count() + more.count(), all.first()));
  }

  /** What was left out, by reason. */
  public List<SplitCounts.Skip> list() {
    return List.copyOf(byReason.values());
  }

  /** What the reader warned of, by what it is. */
  List<SplitCounts.Skip> warnings() {
    return List.copyOf(warnings.values());
  }

  long total() {
    return byReason.values().stream().mapToLong(SplitCounts.Skip::count).sum();
  }

  /**
   * What was left out, in parentheses; empty if nothing was.
   *
   * @param words what is said before it
   */
  String describe(String words) {
    return byReason.isEmpty()
        ? ""
        : byReason.values().stream()
            .map(SplitCounts.Skip::toString)
            .collect(Collectors.joining(", ", " (" + words + ": ", ")"));
  }
}
