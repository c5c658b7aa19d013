// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;

/**
 * Shows an example with the prediction for it to people who look for errors: in a run's report.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface Viewer<X extends Example, P extends Prediction> {
  /**
   * {@return what there is to see}
   *
   * @param example the example, whose gold label may be unknown
   * @param prediction the prediction for it
   */
  ExampleView view(X example, P prediction);
}
