// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * Judges predictions.
 *
 * <p>Accuracy counts in {@code add} how many predictions are right, and its scores are {@code
 * {accuracy=0.75}} after three of four.
 *
 * @param <X> an example, with its gold label
 * @param <P> a prediction
 */
public interface Metric<X extends Example, P extends Prediction> {

  /**
   * {@return the value by which evaluations are compared, one of those in {@link Scores#values()}}
   */
  String primary();

  /** {@return whether a higher primary value is a better one} */
  default boolean higherIsBetter() {
    return true;
  }

  /**
   * Which way one of the values is better, for those who compare evaluations by another than the
   * primary one. Unless overridden all are as the primary one is.
   *
   * @param name one of those in {@link Scores#values()}
   * @return whether a higher value is a better one
   */
  default boolean higherIsBetter(String name) {
    return higherIsBetter();
  }

  /**
   * Begins a count.
   *
   * @return a count of nothing as yet
   */
  Scorer<X, P> scorer();

  /**
   * A count under way. Used by one thread.
   *
   * @param <X> an example, with its gold label
   * @param <P> a prediction
   */
  interface Scorer<X, P> {

    /**
     * Takes one more example and the prediction for it.
     *
     * @param example the example
     * @param prediction the prediction for it
     */
    void add(X example, P prediction);

    /**
     * Takes the means of the head's losses over the whole split, for values that are made of them,
     * such as perplexity. Called before {@link #scores()} wherever a model was run; {@code score},
     * which judges predictions made by anyone, has none. Ignored unless overridden.
     *
     * @param means by the losses' names
     */
    default void losses(Map<String, Double> means) {}

    /** {@return the values so far} */
    Scores scores();
  }
}
