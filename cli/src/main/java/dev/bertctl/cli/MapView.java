// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.map.EmbeddingMap;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What can be said of a map without a picture. */
final class MapView {

  private MapView() {}

  static void print(EmbeddingMap map, PrintWriter out) {
    out.println("examples: %,d".formatted(map.size()));
    map.wrong().ifPresent(wrong -> out.println("wrong: %,d".formatted(wrong)));
    out.println();
    Table table =
        new Table(
            "MODEL", "OF %d NEAREST NEIGHBOURS WITH THE SAME LABEL".formatted(map.neighbors()));
    map.planes()
        .forEach(
            plane ->
                table.add(
                    List.of(
                        plane.name(),
                        plane.agreement().isPresent()
                            ? String.format(
                                Locale.ROOT, "%.1f %%", 100 * plane.agreement().getAsDouble())
                            : "no labels")));
    table.print(out);
  }
}
