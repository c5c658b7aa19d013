// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.Arrays;
import java.util.List;

/** Assembles BERT's input sequences. */
public final class SequencePacker implements Packer {

  /** {@code [CLS] a [SEP] b [SEP]}: room for one piece of each text. */
  public static final int SHORTEST = 5;

  private final Tokenizer tokenizer;
  private final int maxLength;
  private final int segments;
  private final TruncationSide side;

  /**
   * Checks the maximum. Texts that are too long are cut at their ends.
   *
   * @param tokenizer splits texts and knows the special tokens
   * @param maxLength longest sequence allowed, special tokens included; at least {@link #SHORTEST}
   * @param segments how many segments the model has an embedding for; a pair needs two
   */
  public SequencePacker(Tokenizer tokenizer, int maxLength, int segments) {
    this(tokenizer, maxLength, segments, TruncationSide.RIGHT);
  }

  private SequencePacker(Tokenizer tokenizer, int maxLength, int segments, TruncationSide side) {
    if (maxLength < SHORTEST) {
      throw new IllegalArgumentException(
          "a sequence of at most %d tokens has no room for a pair; it needs %d"
              .formatted(maxLength, SHORTEST));
    }
    this.tokenizer = tokenizer;
    this.maxLength = maxLength;
    this.segments = segments;
    this.side = side;
  }

  /** The same, but for where texts that are too long are cut. */
  public SequencePacker cuttingAt(TruncationSide other) {
    return new SequencePacker(tokenizer, maxLength, segments, other);
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public Vocabulary vocabulary() {
    return tokenizer.vocabulary();
  }

  /** The id that fills batches. */
  public int padId() {
    return vocabulary().id(SpecialToken.PAD);
  }

  @Override
  public Pieces tokenize(String text) {
    return tokenizer.tokenize(text);
  }

  @Override
  public Sequence single(Pieces text) {
    Pieces kept = side.keep(text, Math.min(text.size(), maxLength - 2));
    int[] ids = new int[kept.size() + 2];
    place(kept, ids, 1);
    return new Sequence(
        ids, new int[ids.length], List.of(kept), List.of(text.size() - kept.size()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the model has one segment only
   */
  @Override
  public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
    if (segments < 2) {
      throw new UserException(
          "the task packs two texts into a sequence, but the model has no segment for the second (type_vocab_size is 1 in its config.json); choose a model whose type_vocab_size is 2");
    }
    PairLengths lengths = PairLengths.fit(first.size(), second.size(), maxLength - 3, truncation);
    Pieces a = side.keep(first, lengths.first());
    Pieces b = side.keep(second, lengths.second());
    int[] ids = new int[a.size() + b.size() + 3];
    place(a, ids, 1);
    place(b, ids, a.size() + 2);
    int[] segmentIds = new int[ids.length];
    Arrays.fill(segmentIds, a.size() + 2, segmentIds.length, 1);
    return new Sequence(
        ids, segmentIds, List.of(a, b), List.of(first.size() - a.size(), second.size() - b.size()));
  }

  /** Puts pieces at a position, with the {@code [SEP]} behind them, and {@code [CLS]} in front. */
  private void place(Pieces pieces, int[] ids, int position) {
    ids[0] = vocabulary().id(SpecialToken.CLS);
    System.arraycopy(pieces.ids(), 0, ids, position, pieces.size());
    ids[position + pieces.size()] = vocabulary().id(SpecialToken.SEP);
  }
}
