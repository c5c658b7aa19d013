// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Reads pairs with a score from rows. Where scores are needed, rows without one are left out.
 *
 * @param highest the highest score there is
 */
record ScoredPairReader(double highest) implements ExampleReader<ScoredPair> {

  private static final Column FIRST = Column.named("sentence1", "text1", "first");
  private static final Column SECOND = Column.named("sentence2", "text2", "second");
  private static final Column SCORE = Column.named("score", "similarity");

  @Override
  public Stream<ScoredPair> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .filter(row -> !purpose.labelled() || hasScore(row, skipped))
        .map(
            row ->
                new ScoredPair(
                    row.location(),
                    row.columns(),
                    row.get(FIRST),
                    row.get(SECOND),
                    purpose.labelled() ? OptionalDouble.of(score(row)) : OptionalDouble.empty()));
  }

  private static boolean hasScore(Row row, Skipped skipped) {
    if (row.get(SCORE).isBlank()) {
      skipped.count(row.location(), "no score");
      return false;
    }
    return true;
  }

  private double score(Row row) {
    String text = row.get(SCORE).strip();
    try {
      double score = Double.parseDouble(text);
      if (score >= 0 && score <= highest) {
        return score;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as is a number out of range.
    }
    throw new DataException(
        row.location(),
        "the score '%s' is no number from 0 to %s; correct the row, or set 'highest'"
            .formatted(text, highest));
  }
}
