// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The output layers of BERT's language models: dense, activation and layer normalisation, then the
 * word embeddings as weights of the last layer. Saved as {@code cls.predictions.transform.dense},
 * {@code cls.predictions.transform.LayerNorm} and {@code cls.predictions.bias}.
 */
final class TokenLogits {

  private static final String TRANSFORM = "cls.predictions.transform.";

  private TokenLogits() {}

  /**
   * Scores of all tokens.
   *
   * @param hidden [rows,H]
   * @return [rows,V]
   */
  static Operand<TFloat32> of(HeadGraph graph, Operand<TFloat32> hidden) {
    Ops tf = graph.tf();
    Operand<TFloat32> dense = graph.dense(TRANSFORM + "dense", hidden, graph.hiddenSize());
    Operand<TFloat32> x = graph.layerNorm(TRANSFORM + "LayerNorm", graph.activation(dense));
    Operand<TFloat32> embeddings =
        graph.outputEmbeddings("cls.predictions.decoder.weight"); // [V,H]
    // Models may have more embeddings than their vocabulary has tokens, to fill memory's rows.
    long known = embeddings.shape().asArray()[0];
    long size = known > 0 ? known : graph.vocabulary().size();
    Operand<TFloat32> bias = graph.parameter("cls.predictions.bias", Initializer.ZEROS, size);
    return tf.math.add(tf.linalg.matMul(x, embeddings, MatMul.transposeB(true)), bias);
  }
}
