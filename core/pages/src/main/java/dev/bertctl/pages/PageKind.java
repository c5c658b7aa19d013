// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pages that there are: each a template, and the scripts and styles that are its own. */
public enum PageKind {
  /** What each head attends to. */
  ATTENTION(false, "attention-weights.js", "attention-heads.js", "attention-matrix.js"),
  /** Which words predictions come from. */
  EXPLANATION(false),
  /** What a run or an evaluation found. */
  REPORT(true),
  /** Two runs side by side; it has the charts and styles of reports. */
  COMPARISON(true, "report.css", "report.js"),
  /** The examples of a data set in a plane. */
  MAP(false);

  private static final String STYLE = ".css";
  private static final String SCRIPT = ".js";

  private final boolean hasCharts;
  private final List<String> parts;

  /**
   * @param hasCharts whether there is a chart on it
   * @param parts styles and scripts that its own ones need
   */
  PageKind(boolean hasCharts, String... parts) {
    this.hasCharts = hasCharts;
    this.parts = List.of(parts);
  }

  String template() {
    return name().toLowerCase(Locale.ROOT) + ".html";
  }

  /** Resources of this package or of libraries, in their order. */
  List<String> styles() {
    return all(Resources.CHART_STYLE, STYLE);
  }

  List<String> scripts() {
    return all(Resources.CHART_SCRIPT, SCRIPT);
  }

  private List<String> all(String charts, String ending) {
    List<String> all = new ArrayList<>(List.of("page" + ending));
    if (hasCharts) {
      all.add(charts);
    }
    parts.stream().filter(part -> part.endsWith(ending)).forEach(all::add);
    all.add(name().toLowerCase(Locale.ROOT) + ending);
    return all;
  }
}
