// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multi-head self-attention (Vaswani et al., 2017): queries, keys and values, softmax of their
 * scaled products, dropout of the probabilities, output projection, dropout, residual, LayerNorm.
 */
final class SelfAttention {

  private final Ops tf;
  private final BertConfig config;
  private final Dense query;
  private final Dense key;
  private final Dense value;
  private final Dropout probabilityDropout;
  private final Dense output;
  private final Dropout dropout;
  private final LayerNorm norm;

  private Layout layout;
  private Operand<TFloat32> queries; // [N,A,T,H/A]
  private Operand<TFloat32> keys; // [N,A,T,H/A]
  private Operand<TFloat32> values; // [N,A,T,H/A], scaled as dropout scales
  private Operand<TFloat32> probabilities; // [N,A,T,T], before dropout
  private Operand<TFloat32> dropped; // [N,A,T,T], after dropout
  private Operand<TFloat32> context; // [N,A,T,H/A]

  SelfAttention(
      Ops tf, Parameters parameters, DropoutSource dropouts, BertConfig config, String layer) {
    this.tf = tf;
    this.config = config;
    int hidden = config.hiddenSize();
    String attention = layer + ".attention";
    this.query = new Dense(tf, parameters, attention + ".self.query");
    this.key = new Dense(tf, parameters, attention + ".self.key");
    this.value = new Dense(tf, parameters, attention + ".self.value");
    this.probabilityDropout = dropouts.at(config.attentionDropout());
    this.output = new Dense(tf, parameters, attention + ".output.dense");
    this.dropout = dropouts.at(config.hiddenDropout());
    this.norm =
        new LayerNorm(
            tf, parameters, attention + ".output.LayerNorm", hidden, config.layerNormEpsilon());
  }

  /**
   * [R,H] to [R,H].
   *
   * @param maskBias 0 for tokens that are seen, a large negative number for others: [N,1,1,T] or
   *     [N,1,T,T]
   */
  Operand<TFloat32> forward(Operand<TFloat32> x, Operand<TFloat32> maskBias, Layout layout) {
    this.layout = layout;
    queries = layout.split(query.forward(x));
    keys = layout.split(key.forward(x));
    values = layout.split(scaledBy(probabilityDropout.scale(), value.forward(x)));
    // In this form TensorFlow scales and adds within the product.
    Operand<TFloat32> scores =
        tf.math.add(
            tf.math.mul(BatchedProduct.of(tf, queries, keys, false, true), scale()),
            maskBias); // [N,A,T,T]
    probabilities = tf.nn.softmax(scores);
    // The scale of what dropout keeps is a factor of the values, which are fewer.
    dropped = probabilityDropout.unscaled(probabilities);
    context = BatchedProduct.of(tf, dropped, values);
    Operand<TFloat32> projected = output.forward(layout.merge(context)); // [R,H]
    return norm.forward(tf.math.add(x, dropout.forward(projected)));
  }

  /** The probabilities of the last {@link #forward}, before dropout, [N,A,T,T]. */
  Operand<TFloat32> probabilities() {
    return probabilities;
  }

  /** Gradient of the output to gradient of the input, both [R,H]. */
  Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
    Operand<TFloat32> sum = norm.backward(dy, gradients);
    Operand<TFloat32> dContext =
        layout.split(output.backward(dropout.backward(sum), gradients)); // [N,A,T,H/A]
    Operand<TFloat32> dValues = BatchedProduct.of(tf, dropped, dContext, true, false);
    Operand<TFloat32> dDropped = BatchedProduct.of(tf, dContext, values, false, true); // [N,A,T,T]
    // Softmax: dS = P·(M·dD - Σ P·M·dD), with dropout's mask M and the gradient dD of what it gave.
    // P·M is the array after dropout, and the sum over keys equals Σ dContext·context over H/A.
    Operand<TFloat32> total =
        tf.sum(tf.math.mul(dContext, context), tf.constant(3), Sum.keepDims(true)); // [N,A,T,1]
    Operand<TFloat32> dScores =
        probabilityDropout.drops()
            ? tf.math.sub(tf.math.mul(dropped, dDropped), tf.math.mul(probabilities, total))
            : tf.math.mul(probabilities, tf.math.sub(dDropped, total));
    Operand<TFloat32> dQueries = BatchedProduct.of(tf, dScores, keys);
    Operand<TFloat32> dKeys = BatchedProduct.of(tf, dScores, queries, true, false);
    return tf.math.addN(
        java.util.List.of(
            sum,
            query.backward(tf.math.mul(layout.merge(dQueries), scale()), gradients),
            key.backward(tf.math.mul(layout.merge(dKeys), scale()), gradients),
            value.backward(
                scaledBy(probabilityDropout.scale(), layout.merge(dValues)), gradients)));
  }

  private Operand<TFloat32> scaledBy(float factor, Operand<TFloat32> x) {
    return factor == 1 ? x : tf.math.mul(x, tf.constant(factor));
  }

  private Operand<TFloat32> scale() {
    return tf.constant((float) (1 / Math.sqrt(config.headSize())));
  }

  /** Moves between rows of tokens [R,H] and heads [N,A,T,H/A]. */
  static final class Layout {

    private final Ops tf;
    private final Operand<TInt32> split;
    private final Operand<TInt32> rows;

    /**
     * @param split the shape [N,T,A,H/A]
     * @param rows the shape [R,H]
     */
    Layout(Ops tf, Operand<TInt32> split, Operand<TInt32> rows) {
      this.tf = tf;
      this.split = split;
      this.rows = rows;
    }

    Operand<TFloat32> split(Operand<TFloat32> x) {
      return tf.linalg.transpose(tf.reshape(x, split), tf.constant(new int[] {0, 2, 1, 3}));
    }

    Operand<TFloat32> merge(Operand<TFloat32> x) {
      return tf.reshape(tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1, 3})), rows);
    }
  }
}
