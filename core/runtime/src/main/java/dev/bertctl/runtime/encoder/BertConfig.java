// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

/**
 * The architecture of a BERT encoder; the names are those of Hugging Face's config.json.
 *
 * @param vocabSize rows of the word embedding
 * @param hiddenSize H
 * @param layers number of encoder layers
 * @param heads A; divides H
 * @param intermediateSize width of the feed-forward part, usually 4 H
 * @param activation of the feed-forward part
 * @param maxPositions rows of the position embedding: the longest sequence possible
 * @param typeVocabSize rows of the segment embedding
 * @param layerNormEpsilon added to the variance
 * @param hiddenDropout dropout of embeddings, attention output, feed-forward output and head, in
 *     training
 * @param attentionDropout dropout of attention probabilities, in training
 * @param classifierDropout dropout before the head's dense layer, in training; the hidden dropout
 *     unless given
 * @param initializerRange standard deviation of newly initialised weights
 * @param padTokenId id that fills padding
 */
public record BertConfig(
    int vocabSize,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    Activation activation,
    int maxPositions,
    int typeVocabSize,
    double layerNormEpsilon,
    double hiddenDropout,
    double attentionDropout,
    double classifierDropout,
    double initializerRange,
    int padTokenId) {

  /** Size of one attention head: H / A. */
  public int headSize() {
    return hiddenSize / heads;
  }

  /** Activation of the feed-forward part. */
  public enum Activation {
    /** {@code x · Φ(x)} with the error function, exact. */
    GELU,
    /** The tanh approximation of GELU, called {@code gelu_new} by Hugging Face. */
    GELU_NEW,
    /** {@code max(0, x)}. */
    RELU
  }
}
