// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Predictions as GLUE takes them: index, tab, prediction. The index is the example's column {@code
 * index}, as test sets have it, or else its place.
 *
 * <p>Of two pairs without such a column, predicted 1 and 0, it has the lines {@code index
 * prediction}, {@code 0 1} and {@code 1 0}.
 */
public final class GlueSubmission {

  private static final Column INDEX = Column.named("index");

  private GlueSubmission() {}

  /**
   * {@return the file {@code glue_submission.tsv}}
   *
   * @param prediction what GLUE takes for a prediction, such as a label's name or its index
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> of(
      Function<P, String> prediction) {
    return OutputFile.text(
        "glue_submission.tsv",
        "index\tprediction\n",
        (example, predicted, place) ->
            "%s\t%s\n".formatted(index(example, place), prediction.apply(predicted)));
  }

  /**
   * {@return a reader of predictions, one row an example in the examples' order, with which a
   * column {@code index}, if there is one, must agree}
   *
   * @param prediction the prediction in a row
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> PredictionReader<X, P> reader(
      BiFunction<Row, X, P> prediction) {
    return (file, gold, skipped) -> {
      List<Row> rows = RowForEach.in(file, gold);
      return IntStream.range(0, rows.size())
          .mapToObj(
              place -> {
                requireIndex(index(gold.get(place), place), rows.get(place));
                return prediction.apply(rows.get(place), gold.get(place));
              })
          .toList();
    };
  }

  /**
   * {@return the number by which GLUE knows an example}
   *
   * @param example the example
   * @param place its place among the examples, from 0
   */
  public static String index(Example example, long place) {
    Object index = example.columns().get(INDEX.name());
    return index == null ? Long.toString(place) : index.toString();
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
}
