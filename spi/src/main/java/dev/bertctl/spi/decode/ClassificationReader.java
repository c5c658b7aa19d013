// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads predicted labels, one row an example in the examples' order, from a column {@code
 * predicted}, {@code prediction} or {@code label}.
 *
 * @param labels the known labels
 */
public record ClassificationReader(Labels labels)
    implements PredictionReader<LabelledText, Classification> {

  private static final Column PREDICTED = Column.named("predicted", "prediction", "label");

  @Override
  public List<Classification> read(DataFile file, List<LabelledText> gold, Skipped skipped) {
    try (Stream<Row> rows = file.rows()) {
      List<Classification> predictions = rows.map(this::prediction).toList();
      if (predictions.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d gold examples; give one row for each example with a gold label, in their order"
                .formatted(predictions.size(), gold.size()));
      }
      return predictions;
    }
  }

  private Classification prediction(Row row) {
    int label =
        labels
            .index(row.get(PREDICTED).strip(), row.location())
            .orElseThrow(
                () ->
                    new DataException(
                        row.location(),
                        "no predicted label; give one of " + String.join(", ", labels.names())));
    return new Classification(labels, label, List.of());
  }
}
