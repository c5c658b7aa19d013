// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Exact GELU (Hendrycks and Gimpel, 2016): {@code x·Φ(x)}; 1 becomes 0.8413. */
final class Gelu implements Activation {

  private static final float LOG_DENSITY_AT_ZERO = (float) (-0.5 * Math.log(2 * Math.PI));

  private final Ops tf;
  private Operand<TFloat32> input;
  private Operand<TFloat32> phi; // Φ(x)

  Gelu(Ops tf) {
    this.tf = tf;
  }

  @Override
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    input = x;
    Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
    phi = tf.math.add(tf.math.mul(erf, tf.constant(0.5f)), tf.constant(0.5f));
    return tf.math.mul(x, phi);
  }

  /**
   * The derivative is {@code Φ(x) + x·φ(x)} with the density {@code φ(x) = exp(-x²/2 - ln √2π)}.
   */
  @Override
  public Operand<TFloat32> backward(Operand<TFloat32> dy) {
    Operand<TFloat32> halfSquare =
        tf.math.square(tf.math.mul(input, tf.constant((float) Math.sqrt(0.5))));
    Operand<TFloat32> density =
        tf.math.exp(tf.math.sub(tf.constant(LOG_DENSITY_AT_ZERO), halfSquare));
    return tf.math.mul(dy, tf.math.add(phi, tf.math.mul(input, density)));
  }
}
