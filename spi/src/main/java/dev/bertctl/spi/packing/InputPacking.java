// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import dev.bertctl.spi.data.Example;
import java.util.List;

/**
 * Makes the encoder's input of an example. Called from several threads at once.
 *
 * @param <X> an example
 */
@FunctionalInterface
public interface InputPacking<X extends Example> {

  /** One feature, or several where an example is longer than a sequence may be (windows). */
  List<Feature> pack(X example, Packer packer);
}
