// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;

/**
 * Marks in an example's text what was predicted, for people to look at.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface Marker<X extends Example, P extends Prediction> {
  /**
   * {@return the text with its marks; none where nothing was found}
   *
   * @param example the example
   * @param prediction the prediction for it
   */
  MarkedText mark(X example, P prediction);
}
