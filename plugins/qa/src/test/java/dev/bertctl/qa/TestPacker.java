// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Packs with a tokenizer made up.
 *
 * @param maxLength longest sequence allowed
 * @param tokenizer makes the pieces of a text
 */
record TestPacker(int maxLength, Function<String, Pieces> tokenizer) implements Packer {

  static final int CLS = 101;
  static final int SEP = 102;

  /** A piece is a word with its combining accents, or a Chinese or any other character. */
  private static final Pattern WORD =
      Pattern.compile("[\\p{IsLatin}\\p{N}][\\p{IsLatin}\\p{M}\\p{N}]*|\\S");

  /** A packer whose pieces are words. */
  static TestPacker ofWords(int maxLength) {
    return new TestPacker(maxLength, TestPacker::words);
  }

  private static Pieces words(String text) {
    List<MatchResult> found = WORD.matcher(text).results().toList();
    return new Pieces(
        IntStream.range(0, found.size()).map(i -> 1000 + i).toArray(),
        found.stream().mapToInt(MatchResult::start).toArray(),
        found.stream().mapToInt(MatchResult::end).toArray());
  }

  @Override
  public Vocabulary vocabulary() {
    throw new AssertionError("a question and a passage need no vocabulary");
  }

  @Override
  public Pieces tokenize(String text) {
    return tokenizer.apply(text);
  }

  @Override
  public Sequence single(Pieces text) {
    throw new AssertionError("a question and a passage are a pair");
  }

  @Override
  public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
    int length = first.size() + second.size() + 3;
    if (length > maxLength) {
      throw new AssertionError("%d tokens, at most %d allowed".formatted(length, maxLength));
    }
    int[] ids =
        Stream.of(new int[] {CLS}, first.ids(), new int[] {SEP}, second.ids(), new int[] {SEP})
            .flatMapToInt(Arrays::stream)
            .toArray();
    int[] segments = new int[length];
    Arrays.fill(segments, first.size() + 2, length, 1);
    return new Sequence(ids, segments, List.of(first, second), List.of(0, 0));
  }
}
