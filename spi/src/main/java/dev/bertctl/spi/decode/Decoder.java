// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;

/**
 * Makes a prediction of what the model answered for an example. Called from several threads at
 * once.
 *
 * <p>Of a regression: {@code (example, output) -> new Number(output.logits().at(0, 0))}.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface Decoder<X extends Example, P extends Prediction> {
  /**
   * @param example the example
   * @param output its features with the head's outputs, and what is known of the model
   * @return the prediction
   */
  P decode(X example, ModelOutput output);
}
