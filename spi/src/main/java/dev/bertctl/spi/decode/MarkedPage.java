// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;
import java.util.stream.Collectors;

/** Predictions as a page for a browser: each text with its marks in colours, labels beside them. */
public final class MarkedPage {

  private static final String NAME = "predictions.html";

  private static final int HUES = 360;

  /** HTML needs no end tags for its last elements, so that a page can be cut off anywhere. */
  private static final String HEADER =
      """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8"><title>Predictions</title><style>
      body {font: 16px/1.7 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em}
      p {white-space: pre-wrap; border-bottom: 1px solid #ddd; padding-bottom: .7em}
      mark {padding: .1em .3em; border-radius: .3em; color: #000}
      mark small {font-weight: bold; padding-left: .4em}
      </style></head><body>
      """;

  private MarkedPage() {}

  /**
   * {@return the file {@code predictions.html}}
   *
   * @param marker marks what was predicted
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> file(
      Marker<X, P> marker) {
    return OutputFile.text(
        NAME, HEADER, (example, prediction, place) -> part(marker.mark(example, prediction)));
  }

  private static String part(MarkedText text) {
    return text.parts().stream()
        .map(MarkedPage::html)
        .collect(Collectors.joining("", "<p>", "</p>\n"));
  }

  private static String html(MarkedText.Part part) {
    if (part.label().isEmpty()) {
      return escaped(part.text());
    }
    // A label has the same colour on every page.
    int hue = Math.floorMod(part.label().hashCode() * 47, HUES);
    return "<mark style=\"background: hsl(%d 80%% 85%%)\">%s<small>%s</small></mark>"
        .formatted(hue, escaped(part.text()), escaped(part.label()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
