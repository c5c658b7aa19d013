// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * {@code y = x·Wᵀ + b}, with the kernel [out,in] as Hugging Face keeps it: the values (1, 2) with
 * kernel ((3, 4)) and bias 5 become 16.
 */
public final class Dense {

  private final Ops tf;
  private final String name;
  private final float scale;
  private final Operand<TFloat32> weight; // [out,in], scaled
  private final Operand<TFloat32> bias; // [out], scaled where the output is
  private final boolean outputScaled;
  private Operand<TFloat32> input; // [R,in]

  private Dense(Ops tf, Parameters parameters, String name, float scale, boolean outputScaled) {
    this.tf = tf;
    this.name = name;
    this.scale = scale;
    this.outputScaled = outputScaled;
    this.weight = parameters.scaled(name + ".weight", scale);
    this.bias = parameters.scaled(name + ".bias", outputScaled ? scale : 1);
  }

  /**
   * A layer whose parameters are declared.
   *
   * @param tf ops of the graph
   * @param parameters where the weights are
   * @param name what the two parameters are called before the dot
   */
  public Dense(Ops tf, Parameters parameters, String name) {
    this(tf, parameters, name, 1, false);
  }

  /**
   * A layer that gives {@code scale·y}. Scaling the weights costs nothing beside scaling [R,out].
   */
  static Dense scalingOutput(Ops tf, Parameters parameters, String name, float scale) {
    return new Dense(tf, parameters, name, scale, true);
  }

  /** A layer that takes x for {@code scale·x}. */
  static Dense scalingInput(Ops tf, Parameters parameters, String name, float scale) {
    return new Dense(tf, parameters, name, scale, false);
  }

  /** [R,in] to [R,out]; TensorFlow can differentiate it. */
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    input = x;
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight, MatMul.transposeB(true)), bias);
  }

  /** Gradient of the output [R,out] to gradient of the input [R,in]. */
  Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
    gradients.put(
        name + ".weight", () -> scaled(tf.linalg.matMul(dy, input, MatMul.transposeA(true))));
    gradients.put(name + ".bias", () -> dBias(dy));
    return tf.linalg.matMul(dy, weight);
  }

  private Operand<TFloat32> dBias(Operand<TFloat32> dy) {
    Operand<TFloat32> sum = tf.sum(dy, tf.constant(0));
    return outputScaled ? scaled(sum) : sum;
  }

  private Operand<TFloat32> scaled(Operand<TFloat32> x) {
    return scale == 1 ? x : tf.math.mul(x, tf.constant(scale));
  }
}
