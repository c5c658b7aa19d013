// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/**
 * The tokens that BERT's vocabularies have besides word pieces, by their roles.
 *
 * <p>{@code vocabulary.id(SpecialToken.CLS)} is 101 in the vocabulary of bert-base-uncased.
 */
public enum SpecialToken {
  /** Fills sequences up to the length of their batch. */
  PAD,
  /** Stands for a word that the vocabulary cannot express. */
  UNK,
  /** The first token of every sequence; the pooler reads it. */
  CLS,
  /** Ends each text of a sequence. */
  SEP,
  /** Stands for a token that is to be predicted. */
  MASK;

  /** {@return how it is written in vocabularies and texts, such as {@code [MASK]}} */
  public String token() {
    return "[" + name() + "]";
  }
}
