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
  EXPLANATION(false);

  private final boolean hasCharts;
  private final List<String> parts;

  /**
   * @param parts scripts that its own one needs
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
    return hasCharts
        ? List.of("page.css", Resources.CHART_STYLE, own("css"))
        : List.of("page.css", own("css"));
  }

  List<String> scripts() {
    List<String> scripts = new ArrayList<>();
    scripts.add("page.js");
    if (hasCharts) {
      scripts.add(Resources.CHART_SCRIPT);
    }
    scripts.addAll(parts);
    scripts.add(own("js"));
    return scripts;
  }

  private String own(String ending) {
    return name().toLowerCase(Locale.ROOT) + "." + ending;
  }
}
