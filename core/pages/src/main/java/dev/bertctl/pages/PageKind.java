// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.util.List;
import java.util.Locale;

/** The pages that there are: each a template, and the scripts and styles that are its own. */
public enum PageKind {
  /** What each head attends to. */
  ATTENTION(false);

  private final boolean hasCharts;

  PageKind(boolean hasCharts) {
    this.hasCharts = hasCharts;
  }

  String template() {
    return name().toLowerCase(Locale.ROOT) + ".html";
  }

  /** Resources of this package or of libraries, in their order. */
  List<String> styles() {
    return hasCharts
        ? List.of("page.css", Resources.CHART_STYLE, own("css"))
        : List.of("page.css", own("css"));
  }

  List<String> scripts() {
    return hasCharts
        ? List.of("page.js", Resources.CHART_SCRIPT, own("js"))
        : List.of("page.js", own("js"));
  }

  private String own(String ending) {
    return name().toLowerCase(Locale.ROOT) + "." + ending;
  }
}
