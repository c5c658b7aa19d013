// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads texts that have no label: lines of a text file, or rows with a column {@code text} and, if
 * pairs are wanted and there is one, {@code text_pair}.
 *
 * @param pairs whether a second text is read
 * @param emptyLines whether an empty line is a text, as it must be where line n of the output is to
 *     belong to line n of the input
 */
record TextReader(boolean pairs, boolean emptyLines) implements ExampleReader<Text> {

  static final Column TEXT = Column.named("text", "sentence", "sentence1", "text_a", "first");
  static final Column PAIR = Column.named("text_pair", "sentence2", "text_b", "second");

  @Override
  public Stream<Text> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.format() == Format.TEXT
        ? file.lines().filter(line -> emptyLines || !line.text().isBlank()).map(TextReader::ofLine)
        : file.rows().map(this::ofRow);
  }

  private static Text ofLine(Line line) {
    return new Text(
        line.location(), Map.of(TEXT.name(), line.text()), line.text(), Optional.empty());
  }

  private Text ofRow(Row row) {
    Optional<String> second = pairs ? row.find(PAIR) : Optional.empty();
    return new Text(row.location(), row.columns(), row.textOrEmpty(TEXT), second);
  }
}
