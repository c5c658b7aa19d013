// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import java.util.List;

/**
 * Reads predictions made by anyone, so that {@code score} can judge them without a model.
 *
 * <p>For predictions with the field {@code predicted}: {@code (file, gold, skipped) ->
 * file.rows().map(row -> new Guess(row.get(PREDICTED))).toList()}, if the rows are as many as the
 * examples.
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
}
