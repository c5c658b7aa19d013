// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A server's memory while requests were sent to it, and whether it is flat.
 *
 * @param samples in the order of time
 * @param requests that were sent
 */
record MemoryTables(List<Memory.Sample> samples, long requests) {

  /** Resident memory is flat if its last quarter is no more than this above the second. */
  private static final double FLAT = 1.05;

  /** Percent of the requests at which memory is shown. */
  private static final int[] MARKS = {10, 50, 100};

  /** Why it is not flat; empty if it is. */
  Optional<String> failure() {
    if (samples.isEmpty()) {
      return Optional.of("the memory was not looked at: the run was over at once");
    }
    double second = quarter(1, Memory.Sample::rss);
    double last = quarter(3, Memory.Sample::rss);
    return last > second * FLAT
        ? Optional.of("memory grows: %.0f MiB, then %.0f MiB".formatted(second, last))
        : Optional.empty();
  }

  /** When parts of the requests had ended, and by quarters of the time. */
  String markdown() {
    if (samples.isEmpty()) {
      return "";
    }
    StringBuilder tables = new StringBuilder();
    tables.append("\n| memory, MiB, at | requests | resident | Java's heap, used |\n");
    tables.append("| --- | ---: | ---: | ---: |\n");
    for (int percent : MARKS) {
      Memory.Sample at = at(percent);
      tables.append(
          "| %d %% | %,d | %,.0f | %,.0f |%n".formatted(percent, at.ended(), at.rss(), at.heap()));
    }
    tables.append("\n| memory, MiB (medians) | 1st quarter | 2nd | 3rd | last |\n");
    tables.append("| --- | ---: | ---: | ---: | ---: |\n");
    row(tables, "resident", Memory.Sample::rss);
    row(tables, "Java's heap, used", Memory.Sample::heap);
    row(tables, "resident outside the heap", Memory.Sample::outside);
    return tables.toString();
  }

  /** The first with so many of the requests; the last if none has. */
  private Memory.Sample at(int percent) {
    return samples.stream()
        .filter(sample -> sample.ended() * 100 >= requests * percent)
        .findFirst()
        .orElse(samples.get(samples.size() - 1));
  }

  private void row(StringBuilder table, String name, ToDoubleFunction<Memory.Sample> value) {
    table.append("| ").append(name).append(" |");
    for (int i = 0; i < 4; i++) {
      table.append(" %,.0f |".formatted(quarter(i, value)));
    }
    table.append('\n');
  }

  private double quarter(int quarter, ToDoubleFunction<Memory.Sample> value) {
    int from = samples.size() * quarter / 4;
    int to = Math.max(from + 1, samples.size() * (quarter + 1) / 4);
    return Report.median(samples.subList(from, to).stream().mapToDouble(value).boxed().toList());
  }
}
