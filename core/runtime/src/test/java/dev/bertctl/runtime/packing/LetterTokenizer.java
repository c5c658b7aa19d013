// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.OptionalInt;
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
  public Vocabulary vocabulary() {
    return new Letters();
  }

  @Override
  public void close() {}

  private static final class Letters implements Vocabulary {

    private static final List<String> SPECIAL = List.of("[PAD]", "[CLS]", "[SEP]");

    @Override
    public int size() {
      return 0x110000;
    }

    @Override
    public String token(int id) {
      return id < SPECIAL.size() ? SPECIAL.get(id) : Character.toString(id);
    }

    @Override
    public OptionalInt find(String token) {
      if (SPECIAL.contains(token)) {
        return OptionalInt.of(SPECIAL.indexOf(token));
      }
      return token.length() == 1 ? OptionalInt.of(token.charAt(0)) : OptionalInt.empty();
    }
  }
}
