// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Vocabulary;

/** Splits texts into word pieces. Thread-safe; close it to free native memory. */
public interface Tokenizer extends AutoCloseable {

  /** Word pieces of a text, without special tokens; offsets are UTF-16 indices into the text. */
  Pieces tokenize(String text);

  /**
   * The text that ids stand for, as Hugging Face's tokenizers put it together.
   *
   * @param skipSpecial whether special tokens are left out
   * @throws UnsupportedOperationException if this one only splits texts
   */
  default String decode(int[] ids, boolean skipSpecial) {
    throw new UnsupportedOperationException("it only splits texts");
  }

  /**
   * The word pieces and special tokens with their ids; {@code [CLS]}, {@code [SEP]}, {@code [PAD]}
   * and {@code [UNK]} are among them.
   */
  Vocabulary vocabulary();

  @Override
  void close();
}
