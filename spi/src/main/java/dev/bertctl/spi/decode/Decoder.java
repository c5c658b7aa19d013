// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;
import java.util.List;

/**
 * Makes a prediction of an example's logits. Called from several threads at once.
 *
 * <p>Of a regression: {@code (example, outputs) -> new Number(outputs.get(0).logits().at(0, 0))}.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface Decoder<X extends Example, P extends Prediction> {

  /**
   * @param example the example
   * @param outputs its features, in the order in which the packing gave them, with their logits
   * @return the prediction
   */
  P decode(X example, List<FeatureLogits> outputs);
}
