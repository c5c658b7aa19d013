// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.nli;

import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.LabelledText;

/**
 * The binary parses that SNLI and MultiNLI have beside the sentences: without their parentheses,
 * words and punctuation stand apart, as "Dive into Deep Learning" reads them.
 *
 * <p>{@code ( ( A man ) ( sleeps . ) )} is the text {@code A man sleeps .}
 */
final class BinaryParse {

  private BinaryParse() {}

  /**
   * Reads texts.
   *
   * @param parsed whether they are parses
   * @param reader reads them as they are
   */
  static ExampleReader<LabelledText> reader(boolean parsed, ExampleReader<LabelledText> reader) {
    return parsed
        ? (file, purpose, skipped) -> reader.read(file, purpose, skipped).map(BinaryParse::text)
        : reader;
  }

  private static LabelledText text(LabelledText pair) {
    return new LabelledText(
        pair.location(),
        pair.columns(),
        text(pair.first()),
        pair.second().map(BinaryParse::text),
        pair.label());
  }

  static String text(String parse) {
    return parse.replaceAll("[()]", "").strip().replaceAll("\\s{2,}", " ");
  }
}
