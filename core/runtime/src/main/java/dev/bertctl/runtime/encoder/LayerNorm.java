// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Layer normalisation (Ba et al., 2016) over the last axis, with scale and shift: the values (1, 3)
 * with scale 1 and shift 0 become (-1, 1).
 */
public final class LayerNorm {

  private final Ops tf;
  private final String name;
  private final int size;
  private final double epsilon;
  private final Operand<TFloat32> scale; // [H]
  private final Operand<TFloat32> shift; // [H]
  private Operand<TFloat32> normalized; // [R,H]
  private Operand<TFloat32> inverseDeviation; // [R,1]

  /**
   * A layer whose parameters are declared.
   *
   * @param tf ops of the graph
   * @param parameters where the weights are
   * @param name what the two parameters are called before the dot
   * @param size H
   * @param epsilon added to the variance
   */
  public LayerNorm(Ops tf, Parameters parameters, String name, int size, double epsilon) {
    this.tf = tf;
    this.name = name;
    this.size = size;
    this.epsilon = epsilon;
    this.scale = parameters.value(name + ".weight");
    this.shift = parameters.value(name + ".bias");
  }

  /** [R,H] to [R,H]; TensorFlow can differentiate it. */
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    Operand<TInt32> last = tf.constant(1);
    Operand<TFloat32> mean = tf.math.mean(x, last, Mean.keepDims(true)); // [R,1]
    Operand<TFloat32> centered = tf.math.sub(x, mean); // [R,H]
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(centered), last, Mean.keepDims(true)); // [R,1]
    inverseDeviation = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    normalized = tf.math.mul(centered, inverseDeviation); // [R,H]
    return tf.math.add(tf.math.mul(normalized, scale), shift);
  }

  /**
   * Gradient of the output to gradient of the input, both [R,H]: with g = dy·scale and n the
   * normalized input, {@code dx = (g - mean(g) - n·mean(g·n)) / deviation}.
   */
  Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
    Operand<TInt32> rows = tf.constant(0);
    Operand<TFloat32> product = tf.math.mul(dy, normalized); // [R,H]
    gradients.put(name + ".weight", () -> tf.sum(product, rows));
    gradients.put(name + ".bias", () -> tf.sum(dy, rows));
    // Both means over g are matrix-vector products with scale / H, which spares two passes over
    // [R,H].
    Operand<TFloat32> weights =
        tf.reshape(tf.math.mul(scale, tf.constant(1f / size)), tf.constant(new int[] {size, 1}));
    Operand<TFloat32> meanGradient = tf.linalg.matMul(dy, weights); // [R,1]
    Operand<TFloat32> meanProduct = tf.linalg.matMul(product, weights); // [R,1]
    Operand<TFloat32> centered =
        tf.math.sub(
            tf.math.sub(tf.math.mul(dy, scale), meanGradient),
            tf.math.mul(normalized, meanProduct)); // [R,H]
    return tf.math.mul(centered, inverseDeviation);
  }
}
