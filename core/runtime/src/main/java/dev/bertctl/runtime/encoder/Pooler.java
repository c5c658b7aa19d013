// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Dense and tanh on the first token ({@code [CLS]}). Made of ops that TensorFlow can differentiate.
 */
public final class Pooler {

  private final Ops tf;
  private final Operand<TFloat32> weight; // [H,H]
  private final Operand<TFloat32> bias; // [H]

  /**
   * @param tf ops of the graph
   * @param parameters where the weights are declared
   * @param hiddenSize H
   */
  public Pooler(Ops tf, Parameters parameters, int hiddenSize) {
    this.tf = tf;
    this.weight = parameters.value("pooler.dense.weight", hiddenSize, hiddenSize);
    this.bias = parameters.value("pooler.dense.bias", hiddenSize);
  }

  /** The last hidden states [N,T,H] to [N,H]. */
  public Operand<TFloat32> forward(Operand<TFloat32> sequence) {
    Operand<TFloat32> first = tf.gather(sequence, tf.constant(0), tf.constant(1)); // [N,H]
    return tf.math.tanh(
        tf.nn.biasAdd(tf.linalg.matMul(first, weight, MatMul.transposeB(true)), bias));
  }
}
