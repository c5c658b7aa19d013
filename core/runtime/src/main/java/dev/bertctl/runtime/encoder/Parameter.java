// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A parameter of a graph, in a variable.
 *
 * @param spec its name, shape and initializer
 * @param scale what the variable holds, in multiples of the parameter: 1 where it is trained
 * @param handle the variable
 * @param value the variable's value when read in a step, before that step's update
 */
public record Parameter(
    ParameterSpec spec, float scale, Operand<?> handle, Operand<TFloat32> value) {

  /** Hugging Face parameter name without {@code bert.}. */
  public String name() {
    return spec.name();
  }

  /** Its dimensions. */
  public List<Integer> shape() {
    return spec.shape();
  }

  Parameter held(float times) {
    return new Parameter(spec, times, handle, value);
  }
}
