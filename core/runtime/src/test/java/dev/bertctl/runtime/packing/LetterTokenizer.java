// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.spi.packing.Pieces;
import java.util.stream.IntStream;

/** For tests: each character is a piece and its id its code; 0, 1 and 2 are special. */
final class LetterTokenizer implements Tokenizer {

  @Override
  public Pieces tokenize(String text) {
    return new Pieces(
        text.chars().toArray(),
        IntStream.range(0, text.length()).toArray(),
        IntStream.rangeClosed(1, text.length()).toArray());
  }

  @Override
  public String token(int id) {
    return switch (id) {
      case 0 -> "[PAD]";
      case 1 -> "[CLS]";
      case 2 -> "[SEP]";
      default -> Character.toString(id);
    };
  }

  @Override
  public int clsId() {
    return 1;
  }

  @Override
  public int sepId() {
    return 2;
  }

  @Override
  public int padId() {
    return 0;
  }

  @Override
  public int vocabSize() {
    return 0x110000;
  }

  @Override
  public void close() {}
}
