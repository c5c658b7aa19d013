// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.List;
import java.util.stream.Stream;

/** Reads predicted scores, one row an example in the examples' order. */
record SimilarityReader() implements PredictionReader<ScoredPair, Similarity> {

  private static final Column PREDICTED = Column.named("predicted", "prediction");

  @Override
  public List<Similarity> read(DataFile file, List<ScoredPair> gold, Skipped skipped) {
    try (Stream<Row> rows = file.rows()) {
      List<Similarity> all = rows.map(SimilarityReader::prediction).toList();
      if (all.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d gold examples; give one row for each example with a score, in their order"
                .formatted(all.size(), gold.size()));
      }
      return all;
    }
  }

  private static Similarity prediction(Row row) {
    String text = row.get(PREDICTED).strip();
    try {
      return new Similarity(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new DataException(
          row.location(), "the predicted score '%s' is no number; correct it".formatted(text));
    }
  }
}
