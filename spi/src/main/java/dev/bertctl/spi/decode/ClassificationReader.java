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

/**
 * Reads predicted labels, one row an example in the examples' order, from a column {@code
 * predicted}, {@code prediction} or {@code label}. A column {@code index}, as in GLUE's
 * submissions, must agree with that order.
 *
 * <p>The rows {@code {"predicted": "yes"}} and {@code {"predicted": "no"}} are the predictions 1
 * and 0 of the labels (no, yes).
 *
 * @param labels the known labels
 */
public record ClassificationReader(Labels labels)
    implements PredictionReader<LabelledText, Classification> {

  private static final Column PREDICTED = Column.named("predicted", "prediction", "label");

  @Override
  public List<Classification> read(DataFile file, List<LabelledText> gold, Skipped skipped) {
    return GlueSubmission.<LabelledText, Classification>reader((row, example) -> prediction(row))
        .read(file, gold, skipped);
  }

  private Classification prediction(Row row) {
    int label =
        labels
            .index(row.get(PREDICTED), row.location())
            .orElseThrow(
                () ->
                    new DataException(
                        row.location(),
                        "no predicted label; give one of " + String.join(", ", labels.names())));
    return new Classification(labels, label, List.of());
  }
}
