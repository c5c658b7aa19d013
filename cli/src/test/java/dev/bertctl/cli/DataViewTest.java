// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.core.inspect.Finding;
import dev.bertctl.core.inspect.SplitReport;
import dev.bertctl.spi.data.Location;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DataViewTest {

  @Test
  void splitsStandBesideEachOther() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("no", 1900L);
    counts.put("yes", 100L);
    Map<String, Object> lengths = new LinkedHashMap<>();
    List.of("p50", "p90", "p95", "p99", "max").forEach(name -> lengths.put(name, 20));
    lengths.put("cut_share", 0.125);
    SplitReport train =
        new SplitReport(
            "train",
            "t.csv",
            new SplitCounts(
                2003,
                List.of(),
                2000,
                List.of(new SplitCounts.Skip("no gold label", 3, new Location("t.csv", 7))),
                0,
                0,
                OptionalInt.empty(),
                List.of()),
            new ClassBalance(counts),
            lengths,
            List.of(new Finding("duplicates in the split", 1, List.of("t.csv:9 as t.csv:2"))));
    SplitReport test =
        new SplitReport(
            "test",
            "x.csv",
            new SplitCounts(5, List.of(), 5, List.of(), 0, 0, OptionalInt.empty(), List.of()),
            new ClassBalance(Map.of()),
            lengths,
            List.of());

    StringWriter out = new StringWriter();
    DataView.print(new DataReport("toy", List.of(train, test)), 16, new PrintWriter(out, true));

    assertEquals(
        """
        SPLIT  ROWS   EXAMPLES  FILE
        train  2,003  2,000     t.csv
        test   5      5         x.csv

        LABEL  TRAIN           TEST
        no     1,900 (95.0 %)  -
        yes    100 (5.0 %)     -

        TOKENS  P50  P90  P95  P99  MAX  OVER 16
        train   20   20   20   20   20   12.5 % cut
        test    20   20   20   20   20   12.5 % cut

        train:
          left out: 3 no gold label (first: t.csv:7)
          1 duplicates in the split (t.csv:9 as t.csv:2)

        warning: 'no' is the label of 95.0 % of the training data; who always says it is right as often
        """,
        out.toString());
  }

  @Test
  void thereAreNoTablesOfWhatIsNotThere() {
    StringWriter out = new StringWriter();
    SplitReport train =
        new SplitReport(
            "train",
            "t.txt",
            new SplitCounts(5, List.of(), 5, List.of(), 0, 0, OptionalInt.empty(), List.of()),
            new ClassBalance(Map.of()),
            Map.of(),
            List.of());

    DataView.print(new DataReport("toy", List.of(train)), 16, new PrintWriter(out, true));

    assertEquals(
        """
        SPLIT  ROWS  EXAMPLES  FILE
        train  5     5         t.txt
        """,
        out.toString());
  }
}
