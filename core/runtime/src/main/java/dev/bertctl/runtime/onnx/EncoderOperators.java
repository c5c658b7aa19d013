// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

/** The operators that an encoder is written in. Hidden states between them are rows as it likes. */
interface EncoderOperators {

  /** Token and segment ids [N,T] to hidden states. */
  String embeddings(String ids, String segments);

  /** Hidden states to [N,T,H]. */
  String perSequence(String states);

  /** Hidden states to those of the first tokens alone. */
  String firstTokens(String states);

  /** Hidden states of the first tokens to [N,H]. */
  String firstRows(String states);

  /** {@code x·Wᵀ + b} of hidden states. */
  String dense(String name, String states);

  /**
   * Attention, without output layer.
   *
   * @param query a dense layer's output, of all tokens or of the first ones
   * @param key of all tokens
   * @param value of all tokens
   * @return hidden states, of as many tokens as the query has
   */
  String attention(String query, String key, String value, boolean ofFirstTokens);

  /**
   * Attention of all tokens that gives its probabilities as well.
   *
   * @return hidden states, and probabilities [N,A,T,T]
   */
  AttentionValues attentionWithProbabilities(String query, String key, String value);

  /** The activation of the feed-forward part. */
  String activation(String x);

  /** LayerNorm of a sum. */
  String addAndNormalize(String name, String x, String residual);

  /** Result of {@link #attentionWithProbabilities}. */
  record AttentionValues(String states, String probabilities) {}
}
