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
   * {@return one feature, or several where an example is longer than a sequence may be (windows)}
   *
   * @param example the example
   * @param packer tokenises and assembles; valid during this call
   */
  List<Feature> pack(X example, Packer packer);
}
