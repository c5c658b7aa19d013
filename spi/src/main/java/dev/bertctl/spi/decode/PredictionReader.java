// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Reads predictions made by anyone, so that {@code score} can judge them without a model.
 *
 * <p>For predictions with the field {@code predicted}: {@code PredictionReader.ofRows((row,
 * example) -> new Guess(row.get(PREDICTED)))}.
 *
 * <p>Used by one thread.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface PredictionReader<X extends Example, P extends Prediction> {

  /**
   * @param file the predictions
   * @param gold the examples, in their file's order
   * @param skipped counts predictions that are for none of the examples, and examples without one
   * @return one prediction for each example, in the same order
   * @throws dev.bertctl.spi.data.DataException if they do not fit the examples
   */
  List<P> read(DataFile file, List<X> gold, Skipped skipped);

  /**
   * Reads predictions as bertctl writes them: a row for each example, in the examples' order.
   *
   * @param <X> an example
   * @param <P> a prediction
   * @param prediction the prediction in a row, for the example; throws a {@link
   *     dev.bertctl.spi.data.DataException} if there is none
   * @return a reader that refuses more or fewer rows than examples
   */
  static <X extends Example, P extends Prediction> PredictionReader<X, P> ofRows(
      BiFunction<Row, X, P> prediction) {
    return (file, gold, skipped) -> {
      List<Row> rows = RowForEach.in(file, gold);
      return IntStream.range(0, rows.size())
          .mapToObj(place -> prediction.apply(rows.get(place), gold.get(place)))
          .toList();
    };
  }
}
