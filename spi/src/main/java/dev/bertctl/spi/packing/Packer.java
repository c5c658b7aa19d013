// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/** Tokenises texts and assembles sequences no longer than the configured maximum. Thread-safe. */
public interface Packer {

  /** Longest sequence allowed, special tokens included. */
  int maxLength();

  /** Splits a text into word pieces, without special tokens and without cutting. */
  Pieces tokenize(String text);

  /** {@code [CLS] text [SEP]}, cut at its end if too long. */
  Sequence single(Pieces text);

  /**
   * {@code [CLS] first [SEP] second [SEP]}.
   *
   * @throws IllegalArgumentException if the truncation cannot make the pair fit, saying why
   */
  Sequence pair(Pieces first, Pieces second, Truncation truncation);
}
