// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Exact GELU (Hendrycks and Gimpel, 2016): {@code x·Φ(x)}; 1 becomes 0.8413.
 *
 * <p>With {@code u = x/√2} it is {@code u·(1 + erf(u))/√2}: both factors are left to the dense
 * layers around it.
 */
final class Gelu implements Activation {

  private static final float ROOT_OF_HALF = (float) Math.sqrt(0.5);
  private static final float LOG_SLOPE = (float) Math.log(2 / Math.sqrt(Math.PI));

  private final Ops tf;
  private Operand<TFloat32> input; // u
  private Operand<TFloat32> gate; // 1 + erf(u)

  Gelu(Ops tf) {
    this.tf = tf;
  }

  @Override
  public float inputScale() {
    return ROOT_OF_HALF;
  }

  @Override
  public float outputScale() {
    return ROOT_OF_HALF;
  }

  @Override
  public Operand<TFloat32> forward(Operand<TFloat32> u) {
    input = u;
    gate = tf.math.add(tf.math.erf(u), tf.constant(1f));
    return tf.math.mul(u, gate);
  }

  /** The derivative is {@code 1 + erf(u) + u·exp(ln(2/√π) - u²)}. */
  @Override
  public Operand<TFloat32> backward(Operand<TFloat32> dy) {
    Operand<TFloat32> slope =
        tf.math.exp(tf.math.sub(tf.constant(LOG_SLOPE), tf.math.square(input)));
    return tf.math.mul(dy, tf.math.add(gate, tf.math.mul(input, slope)));
  }
}
