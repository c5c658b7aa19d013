// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses the tokens that are to be predicted (BERT paper, section 3.1): a share of all, of which
 * 80 % become {@code [MASK]}, 10 % a random token of the vocabulary, and 10 % stay.
 *
 * <p>With a share of 0.15, sequences of 20 tokens have 3 positions, of 30 tokens 4 (4.5 rounded to
 * even), and of 5 tokens 1, as in {@code create_pretraining_data.py} of the original BERT.
 *
 * @param share of a sequence's tokens, above 0, at most 1
 * @param limit most positions of a sequence
 * @param wholeWords whether the pieces of a word are chosen together
 * @param fill whether positions are filled up to the limit: at {@code [CLS]} the unknown token is
 *     to be predicted
 */
record Masking(double share, int limit, boolean wholeWords, boolean fill) {

  /** Name of the target: the ids that stood at the positions. */
  static final String TARGET = "masked";

  private static final double TO_MASK = 0.8;
  private static final double TO_RANDOM = 0.1;

  Masking {
    if (!(share > 0 && share <= 1)) {
      throw new OptionException(
          "masked-share", "is %s; give more than 0 and at most 1, usually 0.15".formatted(share));
    }
    if (limit < 1) {
      throw new OptionException(
          "max-predictions", "is %d; give at least 1, usually 20".formatted(limit));
    }
  }

  /** The feature with masks, their positions, and what stood there as the target. */
  Feature mask(Feature feature, Vocabulary vocabulary, RandomGenerator random) {
    Sequence sequence = feature.sequence();
    List<int[]> words =
        wholeWords ? MaskableWords.words(sequence, vocabulary) : MaskableWords.pieces(sequence);
    int[] positions = choose(words, due(sequence), random);
    int[] original = IntStream.of(positions).map(position -> sequence.ids()[position]).toArray();
    int[] ids = sequence.ids().clone();
    for (int position : positions) {
      ids[position] = replacement(ids[position], vocabulary, random);
    }
    int places = fill ? limit : positions.length;
    int[] targets = Arrays.copyOf(original, places);
    Arrays.fill(targets, positions.length, places, fill ? vocabulary.id(SpecialToken.UNK) : 0);
    return new Feature(
            List.of(sequence.withIds(ids)), Arrays.copyOf(positions, places), feature.targets())
        .with(TARGET, Target.of(targets));
  }

  /** As the original counts: of all tokens, special ones included, and a half rounded to even. */
  private int due(Sequence sequence) {
    return Math.min(limit, Math.max(1, (int) Math.rint(sequence.length() * share)));
  }

  /** Goes through the words in random order; leaves out those for which too few are left. */
  private static int[] choose(List<int[]> words, int due, RandomGenerator random) {
    int[][] order = words.toArray(int[][]::new);
    int[] chosen = new int[due];
    int size = 0;
    for (int i = 0; i < order.length && size < due; i++) {
      int other = random.nextInt(i, order.length);
      int[] word = order[other];
      order[other] = order[i];
      if (size + word.length <= due) {
        System.arraycopy(word, 0, chosen, size, word.length);
        size += word.length;
      }
    }
    int[] positions = Arrays.copyOf(chosen, size);
    Arrays.sort(positions);
    return positions;
  }

  private static int replacement(int id, Vocabulary vocabulary, RandomGenerator random) {
    double chance = random.nextDouble();
    if (chance < TO_MASK) {
      return vocabulary.id(SpecialToken.MASK);
    }
    return chance < TO_MASK + TO_RANDOM ? random.nextInt(vocabulary.size()) : id;
  }
}
