// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

/**
 * What a head needs of the encoder besides its last hidden states, which are always there.
 *
 * <p>A classifier of texts needs the {@link #POOLED_OUTPUT}, a tagger nothing more, a masked
 * language model the {@link #WORD_EMBEDDINGS}.
 */
public enum EncoderNeed {
  /** {@link HeadGraph#pooled()}; a model saved for a head without it has no pooler. */
  POOLED_OUTPUT,

  /** {@link HeadGraph#hiddenStates()}: those of every layer. */
  HIDDEN_STATES,

  /** {@link HeadGraph#attentions()}. */
  ATTENTIONS,

  /** {@link HeadGraph#outputEmbeddings}: an output layer shares them, if the model ties weights. */
  WORD_EMBEDDINGS,

  /**
   * Attention to the tokens before and the token itself only, as a causal language model has it;
   * the saved model's config.json says {@code is_decoder}.
   */
  CAUSAL_ATTENTION
}
