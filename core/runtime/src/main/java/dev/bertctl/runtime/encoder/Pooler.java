// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Dense and tanh on the first token ({@code [CLS]}). Made of ops that TensorFlow can differentiate.
 */
public final class Pooler {

  private final Ops tf;
  private final Dense dense;

  /**
   * A pooler whose parameters are declared.
   *
   * @param tf ops of the graph
   * @param parameters where the weights are
   */
  public Pooler(Ops tf, Parameters parameters) {
    this.tf = tf;
    this.dense = new Dense(tf, parameters, BertParameters.POOLER);
  }

  /** The last hidden states [N,T,H] to [N,H]. */
  public Operand<TFloat32> forward(Operand<TFloat32> sequence) {
    Operand<TFloat32> first = tf.gather(sequence, tf.constant(0), tf.constant(1)); // [N,H]
    return tf.math.tanh(dense.forward(first));
  }
}
