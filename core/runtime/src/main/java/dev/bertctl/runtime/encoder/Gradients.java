// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The gradients of one training graph, by parameter name. */
public final class Gradients {

  private final Ops tf;
  private final Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();

  /**
   * @param tf ops of the graph
   */
  public Gradients(Ops tf) {
    this.tf = tf;
  }

  /** Takes the gradient of a parameter; each parameter gets one. */
  public void put(String name, Operand<TFloat32> gradient) {
    if (byName.putIfAbsent(name, gradient) != null) {
      throw new IllegalStateException("a second gradient for " + name);
    }
  }

  /** Takes a gradient of a parameter that may have others, which it is added to. */
  public void add(String name, Operand<TFloat32> gradient) {
    byName.merge(name, gradient, tf.math::add);
  }

  /** All gradients in the order of their making. */
  public Map<String, Operand<TFloat32>> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
