// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import dev.bertctl.runtime.encoder.BertConfig;

/**
 * The arrays that parts of the encoder hold, in values (float32) and for one batch.
 *
 * @param config the architecture
 * @param batch what is computed at once
 */
record LayerArrays(BertConfig config, BatchShape batch) {

  /** One array of hidden states: [R,H]. */
  long states() {
    return batch.rows() * config.hiddenSize();
  }

  /** One array of the feed-forward part: [R,I]. */
  private long inner() {
    return batch.rows() * config.intermediateSize();
  }

  /** One array of attention: [N,A,T,T]. */
  private long attention() {
    return batch.rows() * batch.tokens() * config.heads();
  }

  /**
   * What a layer keeps from its forward for its backward, its input included.
   *
   * <ul>
   *   <li>[R,H]: its input; queries, keys, values; the context by heads and by rows; the
   *       attention's output, which feeds the feed-forward part; what two LayerNorms normalized;
   *       two dropout masks
   *   <li>[N,A,T,T]: the probabilities; with dropout also what it left of them
   *   <li>[R,I]: what the activation keeps, and its product, which is the next layer's input
   * </ul>
   */
  long kept() {
    long masks = config.hiddenDropout() > 0 ? 2 : 0;
    long attentions = config.attentionDropout() > 0 ? 2 : 1;
    long activation =
        switch (config.activation()) {
          case GELU -> 3; // input, gate, product
          case GELU_NEW -> 5; // input, square, tanh, gate, product
          case RELU -> 1; // output
        };
    return (9 + masks) * states() + attentions * attention() + activation * inner();
  }

  /** What the embeddings keep for their backward, their output aside. */
  long keptByEmbeddings() {
    long normalized = config.variant().normalizesEmbeddings() ? 1 : 0;
    return (normalized + (config.hiddenDropout() > 0 ? normalized : 0)) * states();
  }

  /**
   * What a layer's backward holds at most beside what it reads: gradients of three arrays of the
   * feed-forward part, or of attention probabilities, scores and what was dropped of them.
   */
  long transientBackward() {
    return Math.max(3 * inner() + 2 * states(), 3 * attention() + 4 * states());
  }

  /**
   * What scores over the vocabulary hold at most, [M,V] each: logits, the targets as one-hot rows,
   * the loss' gradient of the logits, and that times the upstream gradient.
   */
  long vocabularyScores() {
    return 4L * batch.vocabularyRows() * config.vocabSize();
  }

  /** Values of a layer's weights. */
  long layerWeights() {
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    return 4 * (hidden * hidden + hidden) + 2 * hidden * inner + inner + hidden + 4 * hidden;
  }

  /** Copies of weights: GELU's scale is multiplied into both kernels of each feed-forward part. */
  long scaledWeights() {
    return config.activation() == BertConfig.Activation.GELU
        ? 2L * config.layers() * config.hiddenSize() * config.intermediateSize()
        : 0;
  }

  /** Values of the word embeddings: [V,H]. */
  long wordEmbeddings() {
    return (long) config.vocabSize() * config.hiddenSize();
  }
}
