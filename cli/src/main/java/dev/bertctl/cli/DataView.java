// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.core.inspect.SplitReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lays out what is known of data: a table each of sizes, labels and lengths, then what to look at.
 */
final class DataView {

  private DataView() {}

  static void print(DataReport report, int maxLength, PrintWriter out) {
    sizes(report.splits(), out);
    labels(report.splits(), out);
    lengths(report.splits(), maxLength, out);
    for (SplitReport split : report.splits()) {
      List<String> lines = new ArrayList<>();
      split.counts().dropped().forEach(drop -> lines.add("left out by data.where: " + drop));
      split.counts().skipped().forEach(skip -> lines.add("left out: " + skip));
      split.counts().warnings().forEach(warning -> lines.add("warning: " + warning));
      split.findings().forEach(finding -> lines.add(finding.toString()));
      if (!lines.isEmpty()) {
        out.println();
        out.println(split.name() + ":");
        lines.forEach(line -> out.println("  " + line));
      }
    }
    if (!report.warnings().isEmpty()) {
      out.println();
      report.warnings().forEach(warning -> out.println("warning: " + warning));
    }
  }

  private static void sizes(List<SplitReport> splits, PrintWriter out) {
    Table table = new Table("SPLIT", "ROWS", "EXAMPLES", "FILE");
    splits.forEach(
        split ->
            table.add(
                List.of(
                    split.name(),
                    "%,d".formatted(split.counts().rows()),
                    "%,d".formatted(split.counts().examples()),
                    split.file())));
    table.print(out);
  }

  private static void labels(List<SplitReport> splits, PrintWriter out) {
    Set<String> labels = new LinkedHashSet<>();
    splits.forEach(split -> labels.addAll(split.labels().counts().keySet()));
    if (labels.isEmpty()) {
      return;
    }
    List<String> headings = new ArrayList<>(List.of("LABEL"));
    splits.forEach(split -> headings.add(split.name().toUpperCase(Locale.ROOT)));
    Table table = new Table(headings.toArray(String[]::new));
    for (String label : labels) {
      List<String> cells = new ArrayList<>(List.of(label));
      splits.forEach(split -> cells.add(share(split.labels(), label)));
      table.add(cells);
    }
    out.println();
    table.print(out);
  }

  private static String share(ClassBalance labels, String label) {
    return labels.counts().isEmpty()
        ? "-"
        : "%,d (%.1f %%)".formatted(labels.counts().get(label), 100 * labels.shares().get(label));
  }

  private static void lengths(List<SplitReport> splits, int maxLength, PrintWriter out) {
    if (splits.stream().allMatch(split -> split.lengths().isEmpty())) {
      return;
    }
    Table table = new Table("TOKENS", "P50", "P90", "P95", "P99", "MAX", "OVER " + maxLength);
    for (SplitReport split : splits) {
      Map<String, Object> lengths = split.lengths();
      if (!lengths.isEmpty()) {
        List<String> cells = new ArrayList<>(List.of(split.name()));
        for (String name : List.of("p50", "p90", "p95", "p99", "max")) {
          cells.add(lengths.get(name).toString());
        }
        cells.add("%.1f %% cut".formatted(100 * (Double) lengths.get("cut_share")));
        table.add(cells);
      }
    }
    out.println();
    table.print(out);
  }
}
