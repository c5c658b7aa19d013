// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.data.TextColumns;
import dev.bertctl.spi.data.TextRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads texts with their numbers. Where those are needed, rows that lack one, and those that {@link
 * TextRows} passes over, are left out and counted.
 *
 * @param texts finds the columns of a row's texts
 * @param numbers the columns of the numbers
 */
record ScoredTextReader(KnownColumns texts, List<Column> numbers)
    implements ExampleReader<ScoredText> {

  @Override
  public Stream<ScoredText> read(DataFile file, Purpose purpose, Skipped skipped) {
    return new TextRows(texts, numbers)
        .read(LineRows.of(file, Optional.empty()), purpose, skipped)
        .map(row -> example(row, purpose))
        .filter(example -> !purpose.labelled() || keep(example, skipped));
  }

  private ScoredText example(Row row, Purpose purpose) {
    TextColumns found = texts.apply(row);
    return new ScoredText(
        row.location(),
        // Training writes no columns, and half a million rows of them would fill the memory.
        purpose == Purpose.TRAINING ? Map.of() : row.columns(),
        found.first(row),
        found.second(row),
        purpose.labelled() ? numbersOf(row) : Optional.empty());
  }

  private Optional<List<Double>> numbersOf(Row row) {
    List<Double> values = new ArrayList<>();
    for (Column column : numbers) {
      Numbers.in(row, column).ifPresent(values::add);
    }
    return values.size() == numbers.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private static boolean keep(ScoredText example, Skipped skipped) {
    if (example.numbers().isEmpty()) {
      skipped.count(example.location(), "no gold number");
      return false;
    }
    return TextRows.hasText(example.location(), example.first(), example.second(), skipped);
  }
}
