// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A trained variable of a graph.
 *
 * @param name Hugging Face parameter name without {@code bert.}
 * @param shape its dimensions
 * @param handle the variable
 * @param value its value when read in a step, before that step's update
 */
public record Parameter(
    String name, List<Integer> shape, Operand<?> handle, Operand<TFloat32> value) {

  /** Number of values. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Dimensions as TensorFlow takes them. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Weight decay is for matrices: biases and LayerNorms take none (BERT's own optimizer). */
  public boolean decays() {
    return shape.size() > 1;
  }
}
