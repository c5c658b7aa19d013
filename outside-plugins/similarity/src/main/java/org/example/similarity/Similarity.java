// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/** A predicted score; it may lie a little below 0 or above the highest. */
record Similarity(double score) implements Prediction {

  private static final Column PREDICTED = Column.named("predicted", "prediction");

  static Similarity read(Row row) {
    String text = row.get(PREDICTED).strip();
    try {
      return new Similarity(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new DataException(
          row.location(), "the predicted score '%s' is no number; correct it".formatted(text));
    }
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", score);
  }
}
