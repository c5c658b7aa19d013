// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Packs without a model. A piece is up to four letters or digits of a word, or one other character.
 * Each piece of each text met has an id of its own, so that it is recognised wherever it turns up.
 * Used by one thread.
 */
final class ToyPacker implements Packer {

  private static final Pattern PIECE =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]{1,4}|[^\\s\\p{L}\\p{M}\\p{N}]");

  private static final List<String> SPECIAL = List.of("[PAD]", "[CLS]", "[SEP]");

  /** What each id stands for. */
  private final List<String> vocabulary = new ArrayList<>(SPECIAL);

  private final Map<String, Pieces> tokenized = new LinkedHashMap<>();
  private final int maxLength;

  ToyPacker(int maxLength) {
    this.maxLength = maxLength;
  }

  /** The texts that were tokenised. */
  Set<String> texts() {
    return tokenized.keySet();
  }

  /** The text that an id stands for. */
  String piece(int id) {
    return vocabulary.get(id);
  }

  /** Pieces that were made of texts and are in none of the sequences. */
  long lost(List<Sequence> sequences) {
    long kept =
        sequences.stream()
            .flatMapToInt(s -> Arrays.stream(s.ids()))
            .filter(id -> id >= SPECIAL.size())
            .distinct()
            .count();
    return vocabulary.size() - SPECIAL.size() - kept;
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public Pieces tokenize(String text) {
    return tokenized.computeIfAbsent(text, this::split);
  }

  private Pieces split(String text) {
    List<MatchResult> found = PIECE.matcher(text).results().toList();
    int first = vocabulary.size();
    found.forEach(match -> vocabulary.add(match.group()));
    return new Pieces(
        IntStream.range(first, vocabulary.size()).toArray(),
        found.stream().mapToInt(MatchResult::start).toArray(),
        found.stream().mapToInt(MatchResult::end).toArray());
  }

  @Override
  public Sequence single(Pieces text) {
    return sequence(List.of(text), List.of(Math.min(text.size(), maxLength - 2)));
  }

  @Override
  public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
    int a = first.size();
    int b = second.size();
    while (a + b > maxLength - 3) {
      boolean cutFirst =
          switch (truncation) {
            case LONGEST_FIRST -> a > b;
            case ONLY_FIRST -> true;
            case ONLY_SECOND -> false;
            case RATIO -> (long) a * second.size() > (long) b * first.size();
          };
      if ((cutFirst ? a : b) <= 1) {
        throw new DoesNotFitException("the pair does not fit in " + maxLength + " tokens");
      }
      a -= cutFirst ? 1 : 0;
      b -= cutFirst ? 0 : 1;
    }
    return sequence(List.of(first, second), List.of(a, b));
  }

  /** A truncation that spares a text which is too long. */
  static final class DoesNotFitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    DoesNotFitException(String message) {
      super(message);
    }
  }

  private static Sequence sequence(List<Pieces> texts, List<Integer> kept) {
    IntStream.Builder ids = IntStream.builder().add(1);
    IntStream.Builder segments = IntStream.builder().add(0);
    List<Pieces> parts = new ArrayList<>();
    List<Integer> cut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int segment = i;
      Pieces part = texts.get(i).slice(0, kept.get(i));
      IntStream.concat(Arrays.stream(part.ids()), IntStream.of(2))
          .forEach(
              id -> {
                ids.add(id);
                segments.add(segment);
              });
      parts.add(part);
      cut.add(texts.get(i).size() - part.size());
    }
    return new Sequence(ids.build().toArray(), segments.build().toArray(), parts, cut);
  }
}
