// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The files that pages are made of, which are in jars. */
final class Resources {

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  static final String CHART_SCRIPT = CHARTS + "uPlot.iife.min.js";
  static final String CHART_STYLE = CHARTS + "uPlot.min.css";

  private Resources() {}

  /** All of a page's styles. */
  static String style(PageKind kind) {
    return all(kind.styles());
  }

  /** All of a page's scripts. */
  static String script(PageKind kind) {
    return all(kind.scripts());
  }

  private static String all(List<String> names) {
    return names.stream().map(Resources::read).collect(Collectors.joining("\n"));
  }

  /**
   * @throws IllegalStateException if there is no such file, which is a defect of the build
   */
  static String read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
