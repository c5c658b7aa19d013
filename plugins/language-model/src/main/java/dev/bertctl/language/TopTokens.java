// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The likeliest tokens at each position, so that not all V probabilities leave the graph. Logits
 * (0, ln 3, 0) and k = 2 give the ids (1, 0) with the probabilities (0.6, 0.2).
 */
final class TopTokens {

  static final String IDS = "top_ids";
  static final String PROBABILITIES = "top_probabilities";

  private TopTokens() {}

  /**
   * The k likeliest tokens.
   *
   * @param logits [M,V]
   * @return outputs [M,k]
   */
  static HeadOutput of(HeadGraph graph, Operand<TFloat32> logits, int k) {
    Ops tf = graph.tf();
    var top = tf.nn.topK(tf.nn.softmax(logits), tf.constant(k), new TopK.Options[0]);
    return output(tf, top.indices(), top.values());
  }

  /**
   * The k likeliest of some tokens, with their probabilities among all.
   *
   * @param logits [M,V]
   * @param candidates their ids, at least k
   * @return outputs [M,k]
   */
  static HeadOutput among(HeadGraph graph, Operand<TFloat32> logits, int k, int... candidates) {
    Ops tf = graph.tf();
    Operand<TInt32> ids = tf.constant(candidates);
    Operand<TFloat32> probabilities =
        tf.gather(tf.nn.softmax(logits), ids, tf.constant(1)); // [M,candidates]
    var top = tf.nn.topK(probabilities, tf.constant(k), new TopK.Options[0]);
    return output(tf, tf.gather(ids, top.indices(), tf.constant(0)), top.values());
  }

  private static HeadOutput output(Ops tf, Operand<TInt32> ids, Operand<TFloat32> probabilities) {
    return HeadOutput.of(IDS, Layout.PER_POSITION, tf.dtypes.cast(ids, TFloat32.class))
        .and(PROBABILITIES, Layout.PER_POSITION, probabilities);
  }
}
