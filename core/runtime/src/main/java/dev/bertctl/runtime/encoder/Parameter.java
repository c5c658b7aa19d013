// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A trained variable of a graph.
 *
 * @param spec its name, shape and initializer
 * @param handle the variable
 * @param value its value when read in a step, before that step's update
 */
public record Parameter(ParameterSpec spec, Operand<?> handle, Operand<TFloat32> value) {

  /** Hugging Face parameter name without {@code bert.}. */
  public String name() {
    return spec.name();
  }

  /** Its dimensions. */
  public List<Integer> shape() {
    return spec.shape();
  }
}
