// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/**
 * Tokenises texts and assembles sequences no longer than the configured maximum. Thread-safe.
 *
 * <p>With a maximum of 9 tokens, texts of 5 and 3 word pieces and {@link Truncation#LONGEST_FIRST}
 * become {@code [CLS] a a a [SEP] b b b [SEP]}, and 2 and 0 pieces are cut.
 */
public interface Packer {

  /** {@return longest sequence allowed, special tokens included} */
  int maxLength();

  /** {@return the model's word pieces and special tokens} */
  Vocabulary vocabulary();

  /**
   * Splits a text into word pieces, without special tokens and without cutting.
   *
   * @param text any text; an empty one has no pieces
   * @return its word pieces, with their places in the text
   */
  Pieces tokenize(String text);

  /**
   * {@code [CLS] text [SEP]}, cut at its end if too long.
   *
   * @param text the pieces of a text, or of a part of it
   * @return the sequence, with the number of pieces cut
   */
  Sequence single(Pieces text);

  /**
   * {@code [CLS] first [SEP] second [SEP]}.
   *
   * @param first the pieces of the first text
   * @param second the pieces of the second text
   * @param truncation which of them is cut if they are too long
   * @return the sequence, with the numbers of pieces cut
   * @throws IllegalArgumentException if the truncation cannot make the pair fit, saying why
   */
  Sequence pair(Pieces first, Pieces second, Truncation truncation);
}
