// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The non-linearity of the feed-forward part. */
public sealed interface Activation permits Gelu, GeluTanh, Relu {

  /**
   * What the dense layer before multiplies its output by. The dense layers around an activation
   * spare it passes over the widest array of the layer.
   */
  default float inputScale() {
    return 1;
  }

  /** What the dense layer after multiplies its input by. */
  default float outputScale() {
    return 1;
  }

  /** Element by element: {@code outputScale·forward(inputScale·x)} is the activation of x. */
  Operand<TFloat32> forward(Operand<TFloat32> x);

  /** Gradient of the output to gradient of the input. */
  Operand<TFloat32> backward(Operand<TFloat32> dy);

  /** Element by element; TensorFlow can differentiate it. */
  static Operand<TFloat32> apply(Ops tf, BertConfig.Activation kind, Operand<TFloat32> x) {
    Activation activation = of(tf, kind);
    return tf.math.mul(
        activation.forward(tf.math.mul(x, tf.constant(activation.inputScale()))),
        tf.constant(activation.outputScale()));
  }

  /** The activation that a model was trained with. */
  static Activation of(Ops tf, BertConfig.Activation kind) {
    return switch (kind) {
      case GELU -> new Gelu(tf);
      case GELU_NEW -> new GeluTanh(tf);
      case RELU -> new Relu(tf);
    };
  }
}
