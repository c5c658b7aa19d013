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
import java.util.stream.IntStream;

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
  private static final Column INDEX = Column.named("index");

  /**
   * {@return the number by which GLUE knows an example: its column {@code index}, as test sets have
   * it, or else its place}
   *
   * @param example the example
   * @param place its place among the examples, from 0
   */
  public static String index(LabelledText example, long place) {
    Object index = example.columns().get(INDEX.name());
    return index == null ? Long.toString(place) : index.toString();
  }

  @Override
  public List<Classification> read(DataFile file, List<LabelledText> gold, Skipped skipped) {
    List<Row> rows = RowForEach.in(file, gold);
    return IntStream.range(0, rows.size())
        .mapToObj(place -> prediction(rows.get(place), index(gold.get(place), place)))
        .toList();
  }

  private static void requireIndex(String due, Row row) {
    row.find(INDEX)
        .filter(index -> !index.strip().equals(due))
        .ifPresent(
            index -> {
              throw new DataException(
                  row.location(),
                  "index %s where %s is due; %s".formatted(index, due, RowForEach.REMEDY));
            });
  }

  private Classification prediction(Row row, String indexDue) {
    requireIndex(indexDue, row);
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
