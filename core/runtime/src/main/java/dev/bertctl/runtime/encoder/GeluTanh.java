// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * GELU's tanh approximation, {@code gelu_new} in Hugging Face: {@code x/2·(1 + tanh(√(2/π)·(x +
 * 0.044715·x³)))}; 1 becomes 0.8412.
 */
final class GeluTanh implements Activation {

  private static final float SLOPE = (float) Math.sqrt(2 / Math.PI);
  private static final float CUBIC = 0.044715f * SLOPE;

  private final Ops tf;
  private Operand<TFloat32> input;
  private Operand<TFloat32> square;
  private Operand<TFloat32> tanh;
  private Operand<TFloat32> gate; // (1 + tanh) / 2

  GeluTanh(Ops tf) {
    this.tf = tf;
  }

  @Override
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    input = x;
    square = tf.math.square(x);
    Operand<TFloat32> inner =
        tf.math.mul(x, tf.math.add(tf.math.mul(square, tf.constant(CUBIC)), tf.constant(SLOPE)));
    tanh = tf.math.tanh(inner);
    gate = tf.math.add(tf.math.mul(tanh, tf.constant(0.5f)), tf.constant(0.5f));
    return tf.math.mul(x, gate);
  }

  /** The derivative is {@code gate + x/2·(1 - tanh²)·(√(2/π) + 3·0.044715·√(2/π)·x²)}. */
  @Override
  public Operand<TFloat32> backward(Operand<TFloat32> dy) {
    Operand<TFloat32> inner =
        tf.math.add(tf.math.mul(square, tf.constant(1.5f * CUBIC)), tf.constant(0.5f * SLOPE));
    Operand<TFloat32> slope = tf.math.sub(tf.constant(1f), tf.math.square(tanh));
    return tf.math.mul(dy, tf.math.add(gate, tf.math.mul(tf.math.mul(input, inner), slope)));
  }
}
