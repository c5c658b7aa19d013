// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.slices.SliceReport;
import dev.bertctl.core.slices.SliceReport.Measured;
import dev.bertctl.core.slices.SliceReport.Slice;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the figures of slices, all examples first, then the worst slices. */
final class SlicesView {

  private SlicesView() {}

  static void print(SliceReport report, PrintWriter out) {
    out.println();
    Table table =
        new Table(
            "SLICE",
            "",
            "EXAMPLES",
            report.primary().replace('_', ' ').toUpperCase(Locale.ROOT),
            "95 % INTERVAL");
    List<Slice> rows = new ArrayList<>();
    rows.add(report.all());
    rows.addAll(report.slices());
    rows.forEach(slice -> table.add(cells(slice, report.primary())));
    table.print(out);
  }

  private static List<String> cells(Slice slice, String primary) {
    Measured measured = slice.values().get(primary);
    return List.of(
        slice.by(),
        slice.name().equals(slice.by()) ? "" : slice.name(),
        String.format(Locale.ROOT, "%,d", slice.examples()),
        String.format(Locale.ROOT, "%.4f", measured.value()),
        String.format(
            Locale.ROOT, "%.4f to %.4f", measured.interval().low(), measured.interval().high()));
  }
}
