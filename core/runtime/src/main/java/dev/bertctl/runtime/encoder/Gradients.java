// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The gradients of one training graph, by parameter name; frozen parameters have none. */
public final class Gradients {

  private final Ops tf;
  private final Set<String> trained;
  private final Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();

  /**
   * @param tf ops of the graph
   * @param trained names of the parameters that are not frozen
   */
  public Gradients(Ops tf, Set<String> trained) {
    this.tf = tf;
    this.trained = Set.copyOf(trained);
  }

  /** Whether a parameter is to have a gradient. */
  public boolean trains(String name) {
    return trained.contains(name);
  }

  /**
   * The lowest of the encoder's hidden states on whose gradient one of a trained parameter depends:
   * 0, the embeddings' output, if these are trained; i + 1, the output of layer i, if that is the
   * lowest trained; one more than there are layers if the whole encoder is frozen.
   *
   * @param layers of the encoder
   */
  public int lowestState(int layers) {
    return trained.stream()
        .filter(BertParameters::isOfEncoder)
        .mapToInt(name -> BertParameters.layerOf(name).orElse(-1) + 1)
        .min()
        .orElse(layers + 1);
  }

  /**
   * Takes the gradient of a parameter; each parameter gets one.
   *
   * @param gradient makes it; not asked if the parameter is frozen
   */
  public void put(String name, Supplier<Operand<TFloat32>> gradient) {
    if (trains(name) && byName.putIfAbsent(name, gradient.get()) != null) {
      throw new IllegalStateException("a second gradient for " + name);
    }
  }

  /**
   * Takes a gradient of a parameter that may have others, which it is added to.
   *
   * @param gradient makes it; not asked if the parameter is frozen
   */
  public void add(String name, Supplier<Operand<TFloat32>> gradient) {
    if (trains(name)) {
      byName.merge(name, gradient.get(), tf.math::add);
    }
  }

  /** All gradients in the order of their making. */
  public Map<String, Operand<TFloat32>> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
