// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Word, position and segment embeddings, summed; where the variant has them, LayerNorm; dropout.
 */
final class Embeddings {

  private final Ops tf;
  private final BertConfig config;
  private final Operand<TFloat32> words; // [V,H]
  private final Operand<TFloat32> positions; // [P,H]
  private final Operand<TFloat32> segments; // [S,H]
  private final Optional<Normalization> normalization;
  private EncoderInput input;

  Embeddings(Ops tf, Parameters parameters, DropoutSource dropouts, BertConfig config) {
    this.tf = tf;
    this.config = config;
    this.words = parameters.value(BertParameters.WORD_EMBEDDINGS);
    this.positions = parameters.value(BertParameters.POSITION_EMBEDDINGS);
    this.segments = parameters.value(BertParameters.SEGMENT_EMBEDDINGS);
    this.normalization =
        config.variant().normalizesEmbeddings()
            ? Optional.of(Normalization.of(tf, parameters, dropouts, config))
            : Optional.empty();
  }

  /** Token and segment ids [N,T] to [R,H]. */
  Operand<TFloat32> forward(EncoderInput input) {
    this.input = input;
    Operand<TInt32> first = tf.constant(0);
    Operand<TFloat32> sum =
        tf.math.add(
            tf.math.add(
                tf.gather(words, input.ids(), first), tf.gather(segments, input.segments(), first)),
            tf.gather(positions, tf.range(first, tokens(), tf.constant(1)), first)); // [N,T,H]
    Operand<TFloat32> flat = tf.reshape(sum, rows()); // [R,H]
    return normalization.map(after -> after.forward(flat)).orElse(flat);
  }

  /** Takes the gradient of the output, [R,H]. */
  void backward(Operand<TFloat32> dy, Gradients gradients) {
    Operand<TFloat32> sum =
        normalization.map(after -> after.backward(dy, gradients)).orElse(dy); // [R,H]
    // An output layer that shares the word embeddings has its own gradient of them.
    gradients.add(
        BertParameters.WORD_EMBEDDINGS, () -> scatter(sum, input.ids(), config.vocabSize()));
    gradients.put(
        BertParameters.SEGMENT_EMBEDDINGS,
        () -> scatter(sum, input.segments(), config.typeVocabSize()));
    gradients.put(BertParameters.POSITION_EMBEDDINGS, () -> dPositions(sum));
  }

  /** Sums each position's rows; positions behind the longest sequence have none. */
  private Operand<TFloat32> dPositions(Operand<TFloat32> rows) {
    Operand<TInt32> shape = tf.stack(java.util.List.of(sequences(), tokens(), hidden()));
    Operand<TFloat32> perPosition = tf.sum(tf.reshape(rows, shape), tf.constant(0)); // [T,H]
    Operand<TInt32> unused = tf.math.sub(tf.constant(config.maxPositions()), tokens());
    Operand<TInt32> paddings =
        tf.stack(
            java.util.List.of(
                tf.stack(java.util.List.of(tf.constant(0), unused)),
                tf.constant(new int[] {0, 0})));
    return tf.pad(perPosition, paddings, tf.constant(0f));
  }

  /** Adds each row [R,H] to the row of its id. */
  private Operand<TFloat32> scatter(Operand<TFloat32> rows, Operand<TInt32> ids, int count) {
    Operand<TInt32> flat = tf.reshape(ids, tf.constant(new int[] {-1}));
    return tf.math.unsortedSegmentSum(rows, flat, tf.constant(count));
  }

  private Operand<TInt32> sequences() {
    return input.sequences();
  }

  private Operand<TInt32> tokens() {
    return input.tokens();
  }

  private Operand<TInt32> hidden() {
    return tf.constant(config.hiddenSize());
  }

  private Operand<TInt32> rows() {
    return tf.constant(new int[] {-1, config.hiddenSize()});
  }

  /** What follows the sum. */
  private record Normalization(LayerNorm norm, Dropout dropout) {

    static Normalization of(
        Ops tf, Parameters parameters, DropoutSource dropouts, BertConfig config) {
      return new Normalization(
          new LayerNorm(
              tf,
              parameters,
              BertParameters.EMBEDDINGS_NORM,
              config.hiddenSize(),
              config.layerNormEpsilon()),
          dropouts.at(config.hiddenDropout()));
    }

    Operand<TFloat32> forward(Operand<TFloat32> x) {
      return dropout.forward(norm.forward(x));
    }

    Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
      return norm.backward(dropout.backward(dy), gradients);
    }
  }
}
