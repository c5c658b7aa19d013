// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** {@code y = x·Wᵀ + b}, with the kernel [out,in] as Hugging Face keeps it. */
final class Dense {

  private final Ops tf;
  private final String name;
  private final Operand<TFloat32> weight; // [out,in]
  private final Operand<TFloat32> bias; // [out]
  private Operand<TFloat32> input; // [R,in]

  Dense(Ops tf, Parameters parameters, String name, int in, int out) {
    this.tf = tf;
    this.name = name;
    this.weight = parameters.value(name + ".weight", out, in);
    this.bias = parameters.value(name + ".bias", out);
  }

  /** [R,in] to [R,out]. */
  Operand<TFloat32> forward(Operand<TFloat32> x) {
    input = x;
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight, MatMul.transposeB(true)), bias);
  }

  /** Gradient of the output [R,out] to gradient of the input [R,in]. */
  Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
    gradients.put(name + ".weight", tf.linalg.matMul(dy, input, MatMul.transposeA(true)));
    gradients.put(name + ".bias", tf.sum(dy, tf.constant(0)));
    return tf.linalg.matMul(dy, weight);
  }
}
