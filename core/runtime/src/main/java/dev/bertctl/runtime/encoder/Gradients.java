// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The gradients of one training graph, by parameter name. */
public final class Gradients {

  private final Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();

  /** Takes the gradient of a parameter; each parameter gets one. */
  public void put(String name, Operand<TFloat32> gradient) {
    if (byName.putIfAbsent(name, gradient) != null) {
      throw new IllegalStateException("a second gradient for " + name);
    }
  }

  /** All gradients in the order of their making. */
  public Map<String, Operand<TFloat32>> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
