// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The position-wise feed-forward part: dense to 4 H, activation, dense back to H, dropout,
 * residual, LayerNorm.
 */
final class FeedForward {

  private final Ops tf;
  private final Dense up;
  private final Activation activation;
  private final Dense down;
  private final Dropout dropout;
  private final LayerNorm norm;

  FeedForward(
      Ops tf, Parameters parameters, DropoutSource dropouts, BertConfig config, String layer) {
    this.tf = tf;
    int hidden = config.hiddenSize();
    this.activation = Activation.of(tf, config.activation());
    this.up =
        Dense.scalingOutput(tf, parameters, layer + ".intermediate.dense", activation.inputScale());
    this.down =
        Dense.scalingInput(tf, parameters, layer + ".output.dense", activation.outputScale());
    this.dropout = dropouts.at(config.hiddenDropout());
    this.norm =
        new LayerNorm(
            tf, parameters, layer + ".output.LayerNorm", hidden, config.layerNormEpsilon());
  }

  /** [R,H] to [R,H]. */
  Operand<TFloat32> forward(Operand<TFloat32> x) {
    Operand<TFloat32> inner = activation.forward(up.forward(x)); // [R,4H]
    return norm.forward(tf.math.add(x, dropout.forward(down.forward(inner))));
  }

  /** Gradient of the output to gradient of the input, both [R,H]. */
  Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
    Operand<TFloat32> sum = norm.backward(dy, gradients);
    Operand<TFloat32> inner = down.backward(dropout.backward(sum), gradients); // [R,4H]
    return tf.math.add(sum, up.backward(activation.backward(inner), gradients));
  }
}
