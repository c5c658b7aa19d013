// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;

/**
 * Judges predictions.
 *
 * @param <X> an example, with its gold label
 * @param <P> a prediction
 */
public interface Metric<X extends Example, P extends Prediction> {

  /** The value by which epochs are compared, one of those in {@link Scores#values()}. */
  String primary();

  /** Whether a higher primary value is a better one. */
  default boolean higherIsBetter() {
    return true;
  }

  /** Begins a count. */
  Scorer<X, P> scorer();

  /**
   * A count under way. Used by one thread.
   *
   * @param <X> an example, with its gold label
   * @param <P> a prediction
   */
  interface Scorer<X, P> {

    /** Takes one more example and the prediction for it. */
    void add(X example, P prediction);

    /** The values so far. */
    Scores scores();
  }
}
