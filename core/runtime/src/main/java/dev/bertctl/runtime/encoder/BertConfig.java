// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import dev.bertctl.spi.decode.ModelFacts;

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
 * @param attentionMask which tokens a token attends to: causal in a model trained as {@code
 *     is_decoder}
 * @param variant what it has besides encoder layers, and how its weights begin
 * @param tiesWordEmbeddings whether output layers over the vocabulary share the word embeddings
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
    int padTokenId,
    AttentionMask attentionMask,
    Variant variant,
    boolean tiesWordEmbeddings)
    implements ModelFacts {

  /**
   * An architecture with what the original BERT has besides sizes: GELU, two segments, dropout 0.1.
   *
   * @param padTokenId id that fills padding
   */
  public static BertConfig of(
      int vocabSize,
      int hiddenSize,
      int layers,
      int heads,
      int intermediateSize,
      int maxPositions,
      int padTokenId) {
    return new BertConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        Activation.GELU,
        maxPositions,
        2,
        1e-12,
        0.1,
        0.1,
        0.1,
        0.02,
        padTokenId,
        AttentionMask.BIDIRECTIONAL,
        Variant.ORIGINAL,
        true);
  }

  /**
   * This architecture with another dropout.
   *
   * @param rate of hidden layers, attention and, if the variant has such, head
   */
  public BertConfig withDropout(double rate) {
    double classifier = variant == Variant.D2L ? 0 : rate;
    return copy(rate, rate, classifier, attentionMask, tiesWordEmbeddings);
  }

  /** This architecture with other attention. */
  public BertConfig with(AttentionMask mask) {
    return copy(hiddenDropout, attentionDropout, classifierDropout, mask, tiesWordEmbeddings);
  }

  /**
   * The architecture of these sizes in "Dive into Deep Learning" (section 15.8): ReLU, no LayerNorm
   * and dropout behind the embeddings, none before the classifier, an output layer of its own;
   * dropout 0.2.
   */
  public BertConfig asInD2l() {
    return new BertConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        Activation.RELU,
        maxPositions,
        2,
        1e-5,
        0.2,
        0.2,
        0,
        initializerRange,
        padTokenId,
        attentionMask,
        Variant.D2L,
        false);
  }

  /** This architecture with an output layer that does not share the word embeddings. */
  public BertConfig untied() {
    return copy(hiddenDropout, attentionDropout, classifierDropout, attentionMask, false);
  }

  private BertConfig copy(
      double hiddenRate,
      double attentionRate,
      double classifierRate,
      AttentionMask mask,
      boolean ties) {
    return new BertConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        activation,
        maxPositions,
        typeVocabSize,
        layerNormEpsilon,
        hiddenRate,
        attentionRate,
        classifierRate,
        initializerRange,
        padTokenId,
        mask,
        variant,
        ties);
  }

  @Override
  public int maxTokens() {
    return maxPositions;
  }

  /** Size of one attention head: H / A. */
  public int headSize() {
    return hiddenSize / heads;
  }

  /** What a model has besides encoder layers. */
  public enum Variant {
    /** The original BERT. */
    ORIGINAL,
    /**
     * The BERT of "Dive into Deep Learning": neither LayerNorm nor dropout behind the embeddings,
     * no dropout before a classifier, and weights that begin as those of PyTorch's layers do.
     */
    D2L;

    /** Whether LayerNorm and dropout follow the embeddings. */
    public boolean normalizesEmbeddings() {
      return this == ORIGINAL;
    }
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
