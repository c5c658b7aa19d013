// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Dropout (Srivastava et al., 2014): zeroes a share of the values and divides the rest by the share
 * kept, so that the mean stays. At rate 0.5 the values (1, 1) become (0, 2) or another such draw.
 */
public final class Dropout {

  private final Ops tf;
  private final double rate;
  private final Optional<Operand<TInt64>> seeds; // [2]; empty where nothing is dropped
  private Operand<TFloat32> mask;

  Dropout(Ops tf, double rate, Optional<Operand<TInt64>> seeds) {
    this.tf = tf;
    this.rate = rate;
    this.seeds = seeds;
  }

  /** Same shape out as in; TensorFlow can differentiate it. */
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    if (seeds.isEmpty()) {
      return x;
    }
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(x), seeds.get(), TFloat32.class);
    Operand<TFloat32> keep =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
    mask = tf.math.mul(keep, tf.constant((float) (1 / (1 - rate))));
    return tf.math.mul(x, mask);
  }

  /** Gradient of the output to gradient of the input. */
  Operand<TFloat32> backward(Operand<TFloat32> dy) {
    return seeds.isEmpty() ? dy : tf.math.mul(dy, mask);
  }
}
