// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Makes pairs of spans of a document as {@code create_pretraining_data.py} of the original BERT
 * does: sentences are gathered up to the length that is due; a random number of them is the first
 * span, the rest the second. When a pair is drawn, every second one gets a span of another document
 * in place of its second, as long as that: so its length does not tell which it is.
 *
 * <p>With a maximum length of 19 tokens there is room for 16 word pieces: of sentences of 5, 6, 7
 * and 4, three are gathered and cut by 2, with 1 or 2 of them in the first span; then the last,
 * which has no second span but that of another document.
 *
 * @param shortShare the share of documents that are packed into shorter sequences, from 0 to 1
 * @param duplicates how often a document is packed to learn from, each time in another way
 * @param seed of the choices made when packing
 */
record SpanPairs(double shortShare, int duplicates, long seed) implements DocumentPairs {

  private static final int SHORTEST = 2;

  SpanPairs {
    if (!(shortShare >= 0 && shortShare <= 1)) {
      throw new OptionException(
          "short-sequence-share", "is %s; give 0 to 1, usually 0.1".formatted(shortShare));
    }
    DocumentPairs.requireDuplicates(duplicates);
  }

  @Override
  public List<Feature> pack(Document document, Packer packer) {
    DocumentPieces pieces = DocumentPieces.of(document, packer);
    List<Feature> features = new ArrayList<>();
    int times = document.purpose() == Purpose.TRAINING ? duplicates : 1;
    for (int time = 0; time < times; time++) {
      addPairs(features, pieces, packer, generator(document, time));
    }
    return features;
  }

  /** Depends on the place in the file and not on the file's name, which may change. */
  private RandomGenerator generator(Document document, int time) {
    return new SplittableRandom((seed * 1_000_003 + document.location().line()) * 1_009 + time);
  }

  private void addPairs(
      List<Feature> features, DocumentPieces pieces, Packer packer, RandomGenerator random) {
    int due = packer.maxLength() - 3;
    if (random.nextDouble() < shortShare) {
      due = random.nextInt(Math.min(SHORTEST, due), due + 1);
    }
    int from = 0;
    for (int to = 1; to <= pieces.size(); to++) {
      if (to == pieces.size() || pieces.length(from, to) >= due) {
        int second = to - from > 1 ? from + random.nextInt(1, to - from) : to;
        features.add(
            Feature.of(
                CutPair.of(
                    pieces.sentences(from, second), pieces.sentences(second, to), packer, random)));
        from = to;
      }
    }
  }

  @Override
  public Feature draw(Feature packed, Draw draw, RandomGenerator random) {
    Sequence sequence = packed.sequence();
    Pieces second = sequence.texts().get(1);
    if (second.size() > 0 && random.nextBoolean()) {
      return packed.with(TARGET, Target.of(0));
    }
    Pieces first = sequence.texts().get(0);
    int room = draw.packer().maxLength() - 3;
    int length = second.size() > 0 ? second.size() : Math.max(room - first.size(), (room + 1) / 2);
    Pieces other = span(draw.another().sequence(), length, random);
    Sequence replaced = CutPair.of(first, other, draw.packer(), random);
    return Feature.of(replaced).with(TARGET, Target.of(1));
  }

  /** Begins with another pair's first span, running on into its second, or with its second. */
  private static Pieces span(Sequence other, int length, RandomGenerator random) {
    Pieces first = other.texts().get(0);
    Pieces last = other.texts().get(other.texts().size() - 1);
    Pieces pieces = random.nextBoolean() && last.size() > 0 ? last : concat(first, last);
    return pieces.slice(0, Math.min(length, pieces.size()));
  }

  private static Pieces concat(Pieces a, Pieces b) {
    return new Pieces(
        concat(a.ids(), b.ids()), concat(a.starts(), b.starts()), concat(a.ends(), b.ends()));
  }

  private static int[] concat(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }
}
