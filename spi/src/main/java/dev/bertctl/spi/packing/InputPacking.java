// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import dev.bertctl.spi.data.Example;
import java.util.List;

/**
 * Makes the encoder's input of an example. Called from several threads at once.
 *
 * <p>A text of 20 word pieces, packed to 12 tokens in windows that do not overlap, gives two
 * features of 12 tokens.
 *
 * @param <X> an example
 */
@FunctionalInterface
public interface InputPacking<X extends Example> {

  /**
   * {@return one feature, or several where an example is longer than a sequence may be (windows);
   * of examples with gold answers also none, where there is nothing to learn from}
   *
   * @param example the example
   * @param packer tokenises and assembles
   */
  List<Feature> pack(X example, Packer packer);

  /**
   * {@return the feature that the model is to see this time} Asked for in training and evaluation
   * whenever a feature is used, and not in prediction. Most packings draw nothing and leave this
   * out: the feature stays as it was packed.
   *
   * @param packed the feature as it was packed
   * @param draw the generator, and other features of the same data
   */
  default Feature draw(Feature packed, Draw draw) {
    return packed;
  }
}
