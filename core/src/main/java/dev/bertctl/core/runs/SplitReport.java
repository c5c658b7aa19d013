// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.Split;
import dev.bertctl.runtime.packing.PackedSplit;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells the user what a split holds: rows, what was left out, label shares, what was cut. */
final class SplitReport {

  private SplitReport() {}

  /**
   * Lines for the opening of a run.
   *
   * @param labels the head's labels; shares are told where it has any
   */
  static List<String> lines(Split<?> split, PackedSplit<?> packed, List<String> labels) {
    List<String> lines = new ArrayList<>();
    StringBuilder first = new StringBuilder();
    first.append("%-11s %s: ".formatted(split.name(), split.file()));
    first.append("%,d rows, %,d examples".formatted(split.rows(), split.examples().size()));
    if (packed.features().size() != split.examples().size()) {
      first.append(", %,d windows".formatted(packed.features().size()));
    }
    lines.add(first.toString());
    split.skipped().forEach(skip -> lines.add("            left out: " + skip));
    String shares = shares(packed.features(), labels);
    if (!shares.isEmpty()) {
      lines.add("            labels: " + shares);
    }
    lines.add("            truncation: " + packed.truncation());
    return lines;
  }

  /** Such as {@code yes 40.0 %, no 60.0 %}; empty where there are no labels. */
  private static String shares(List<Feature> features, List<String> labels) {
    long[] counts = new long[labels.size()];
    long total = 0;
    for (Feature feature : features) {
      if (feature.target() instanceof Target.Ints ints) {
        for (int value : ints.values()) {
          if (value >= 0 && value < counts.length) {
            counts[value]++;
            total++;
          }
        }
      }
    }
    List<String> shares = new ArrayList<>();
    for (int i = 0; total > 0 && i < counts.length; i++) {
      shares.add(
          String.format(Locale.ROOT, "%s %.1f %%", labels.get(i), 100.0 * counts[i] / total));
    }
    return String.join(", ", shares);
  }
}
