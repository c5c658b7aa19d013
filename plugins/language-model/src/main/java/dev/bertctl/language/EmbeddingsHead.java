// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Hidden states as embeddings, pooled as in sentence-transformers. Of two tokens (1, 4) and (3, 2),
 * the mean is (2, 3), the maximum (3, 4), and (3, 4) divided by its length (0.6, 0.8).
 *
 * @param pooling how tokens become one vector
 * @param layer the last layer that counts: 0 for the embeddings before the first layer, L for the
 *     last; -1 for the last, -2 for the one before it
 * @param layers of how many layers, up to that one, the mean is taken
 * @param normalize whether vectors are divided by their length
 */
record EmbeddingsHead(Pooling pooling, int layer, int layers, boolean normalize) implements Head {

  static final int LAST = -1;

  /** Name of the output: [B,H], or [B,T,H] without pooling. */
  static final String EMBEDDING = "embedding";

  /** A vector of nothing but 0 stays as it is, as in PyTorch's normalize. */
  private static final float SHORTEST = 1e-12f;

  EmbeddingsHead {
    if (layers < 1) {
      throw new OptionException("layers", "is %d; give at least 1".formatted(layers));
    }
  }

  @Override
  public String architecture() {
    return "BertModel";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return isLastAlone() ? Set.of() : Set.of(EncoderNeed.HIDDEN_STATES);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of();
  }

  private boolean isLastAlone() {
    return layer == LAST && layers == 1;
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> hidden = isLastAlone() ? graph.sequence() : mean(graph); // [B,T,H]
    Operand<TFloat32> pooled = pool(graph, hidden); // [B,H] or [B,T,H]
    Operand<TFloat32> embedding = normalize ? unitLength(tf, pooled) : pooled;
    Layout layout = pooling == Pooling.TOKEN ? Layout.PER_TOKEN : Layout.PER_FEATURE;
    return HeadOutput.of(EMBEDDING, layout, embedding);
  }

  private Operand<TFloat32> mean(HeadGraph graph) {
    Ops tf = graph.tf();
    List<Operand<TFloat32>> states = graph.hiddenStates();
    int last = last(layer, layers, states.size());
    Operand<TFloat32> sum = states.get(last);
    for (int i = last - layers + 1; i < last; i++) {
      sum = tf.math.add(sum, states.get(i));
    }
    return layers == 1 ? sum : tf.math.div(sum, tf.constant((float) layers));
  }

  /** The place of {@code layer} among that many hidden states: of 13, that of -2 is 11. */
  static int last(int layer, int layers, int states) {
    int last = layer < 0 ? states + layer : layer;
    if (last < 0 || last >= states) {
      throw new OptionException(
          "layer",
          "is %d, and the model has %d layers; give 0 (the embeddings) to %d, or -1 (the last) to %d"
              .formatted(layer, states - 1, states - 1, -states));
    }
    if (layers > last + 1) {
      throw new OptionException(
          "layers",
          "is %d, and up to layer %d there are %d, the embeddings included; give at most %d"
              .formatted(layers, last, last + 1, last + 1));
    }
    return last;
  }

  private Operand<TFloat32> pool(HeadGraph graph, Operand<TFloat32> hidden) {
    Ops tf = graph.tf();
    Operand<TFloat32> mask =
        tf.expandDims(
            tf.dtypes.cast(graph.attentionMask(), TFloat32.class), tf.constant(2)); // [B,T,1]
    return switch (pooling) {
      case TOKEN -> hidden;
      case CLS -> tf.gather(hidden, tf.constant(0), tf.constant(1));
      case MEAN ->
          tf.math.div(
              tf.reduceSum(tf.math.mul(hidden, mask), tf.constant(1)),
              tf.reduceSum(mask, tf.constant(1)));
      case MAX -> {
        // Padding is lowered below all hidden states, which layer normalisation keeps small, by a
        // number that float16 has.
        Operand<TFloat32> lowered =
            tf.math.mul(tf.math.sub(mask, tf.constant(1f)), tf.constant(3e4f));
        yield tf.reduceMax(tf.math.add(hidden, lowered), tf.constant(1));
      }
    };
  }

  private static Operand<TFloat32> unitLength(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> length =
        tf.math.sqrt(tf.reduceSum(tf.math.square(x), tf.constant(-1), ReduceSum.keepDims(true)));
    return tf.math.div(x, tf.math.maximum(length, tf.constant(SHORTEST)));
  }
}
