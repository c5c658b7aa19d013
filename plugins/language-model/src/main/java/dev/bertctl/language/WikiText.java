// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paragraphs of WikiText as documents: {@code "It was long . It rained ."} has the sentences {@code
 * It was long .} and {@code It rained .}
 */
final class WikiText {

  /** {@code = Title =}, {@code = = Section = =}, and so on. */
  private static final Pattern HEADING = Pattern.compile("\\s*=\\s.*\\s=\\s*");

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=\\s\\.)\\s+");

  private static final String BOOK_END = " . ";
  private static final Pattern BOOK_END_PATTERN = Pattern.compile(BOOK_END, Pattern.LITERAL);

  private WikiText() {}

  static Stream<Document> paragraphs(Stream<Line> lines, Purpose purpose) {
    return lines
        .filter(line -> !line.text().isBlank() && !HEADING.matcher(line.text()).matches())
        .map(
            line ->
                new Document(
                    line.location(),
                    Map.of(),
                    List.of(SENTENCE_END.split(line.text().strip())),
                    purpose));
  }

  /**
   * As {@code _read_wiki} of Dive into Deep Learning's code: {@code "It was long . It rained ."}
   * has the sentences {@code It was long} and {@code It rained .}
   */
  static Stream<Document> inBook(Stream<Line> lines, Purpose purpose) {
    return lines
        .filter(line -> line.text().contains(BOOK_END))
        .map(
            line ->
                new Document(
                    line.location(),
                    Map.of(),
                    List.of(BOOK_END_PATTERN.split(line.text().strip(), -1)),
                    purpose));
  }
}
