// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.spi.packing.Pieces;

/** Splits texts into word pieces. Thread-safe; close it to free native memory. */
public interface Tokenizer extends AutoCloseable {

  /** Word pieces of a text, without special tokens; offsets are UTF-16 indices into the text. */
  Pieces tokenize(String text);

  /** The word piece of an id, such as {@code ##ing}. */
  String token(int id);

  /** Id of {@code [CLS]}. */
  int clsId();

  /** Id of {@code [SEP]}. */
  int sepId();

  /** Id of {@code [PAD]}. */
  int padId();

  /** Number of ids. */
  int vocabSize();

  @Override
  void close();
}
