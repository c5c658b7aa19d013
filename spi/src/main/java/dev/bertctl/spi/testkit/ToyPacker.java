// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Packs without a model. Used by one thread. */
final class ToyPacker implements Packer {

  private final int maxLength;
  private final ToyVocabulary vocabulary;
  private final Map<String, Pieces> tokenized = new LinkedHashMap<>();

  ToyPacker(int maxLength, ToyVocabulary vocabulary) {
    this.maxLength = maxLength;
    this.vocabulary = vocabulary;
  }

  /** The texts that were tokenised. */
  Set<String> texts() {
    return tokenized.keySet();
  }

  /** Pieces that were made of texts and are in none of the sequences. */
  long lost(List<Sequence> sequences) {
    Set<Integer> lost = new HashSet<>();
    tokenized.values().forEach(text -> Arrays.stream(text.ids()).forEach(lost::add));
    sequences.forEach(sequence -> Arrays.stream(sequence.ids()).forEach(lost::remove));
    return lost.size();
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public ToyVocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Pieces tokenize(String text) {
    return tokenized.computeIfAbsent(text, vocabulary::pieces);
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

  private Sequence sequence(List<Pieces> texts, List<Integer> kept) {
    IntStream.Builder ids = IntStream.builder().add(vocabulary.id(SpecialToken.CLS));
    IntStream.Builder segments = IntStream.builder().add(0);
    List<Pieces> parts = new ArrayList<>();
    List<Integer> cut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int segment = i;
      Pieces part = texts.get(i).slice(0, kept.get(i));
      IntStream.concat(Arrays.stream(part.ids()), IntStream.of(vocabulary.id(SpecialToken.SEP)))
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
