// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code max(0, x)}; its derivative at 0 is taken as 0. */
final class Relu implements Activation {

  private final Ops tf;
  private Operand<TFloat32> output;

  Relu(Ops tf) {
    this.tf = tf;
  }

  @Override
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    output = tf.nn.relu(x);
    return output;
  }

  @Override
  public Operand<TFloat32> backward(Operand<TFloat32> dy) {
    Operand<TFloat32> positive =
        tf.dtypes.cast(tf.math.greater(output, tf.constant(0f)), TFloat32.class);
    return tf.math.mul(dy, positive);
  }
}
