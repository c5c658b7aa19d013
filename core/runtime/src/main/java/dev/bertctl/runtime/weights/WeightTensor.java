// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * One weight, float32.
 *
 * @param name Hugging Face parameter name without the {@code bert.} prefix, such as {@code
 *     encoder.layer.0.attention.self.query.weight}; head parameters keep their names ({@code
 *     classifier.weight})
 * @param shape dimensions; dense kernels are [out,in] as in Hugging Face
 * @param values row-major; its position is 0 and its limit the number of values
 */
public record WeightTensor(String name, List<Integer> shape, FloatBuffer values) implements Weight {

  /** Copies the shape. */
  public WeightTensor {
    shape = List.copyOf(shape);
  }

  @Override
  public WeightTensor named(String name) {
    return new WeightTensor(name, shape, values);
  }
}
