// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes pairs of neighbouring sentences, as "Dive into Deep Learning" does (section 15.9): every
 * second one is to get a sentence of another document in place of its second. Pairs that are too
 * long are left out, not cut, and so is a document of which none is left.
 *
 * <p>With room for 10 word pieces, sentences of 4, 5 and 7 make a pair of the first and the second,
 * one of the first and another document's, or none of the first; the second and the third do not
 * fit, and so the second may only be paired with another document's.
 *
 * <p>Which of them it is, is drawn when a document is packed; the other document's sentence is
 * drawn each time a pair is seen. How probable it is that such a sentence fits is told from the
 * document's own.
 *
 * @param duplicates how often a document is packed to learn from, each time with other choices
 * @param seed of the choices made when packing
 */
record SentencePairs(int duplicates, long seed) implements DocumentPairs {

  /** How often a sentence of another document is drawn until one fits; then it is cut. */
  private static final int ATTEMPTS = 100;

  private static final Pieces NONE = new Pieces(new int[0], new int[0], new int[0]);

  SentencePairs {
    DocumentPairs.requireDuplicates(duplicates);
  }

  @Override
  public List<Feature> pack(Document document, Packer packer) {
    DocumentPieces pieces = DocumentPieces.of(document, packer);
    RandomGenerator random = new SplittableRandom(seed * 1_000_003 + document.location().line());
    List<Feature> features = new ArrayList<>();
    int times = document.purpose() == Purpose.TRAINING ? duplicates : 1;
    for (int time = 0; time < times; time++) {
      for (int i = 0; i + 1 < pieces.size(); i++) {
        boolean next = random.nextBoolean();
        int second = next ? i + 1 : random.nextInt(pieces.size());
        if (pieces.length(i, i + 1) + pieces.length(second, second + 1) <= room(packer)) {
          Pieces first = pieces.sentences(i, i + 1);
          features.add(pair(first, next ? pieces.sentences(i + 1, i + 2) : NONE, packer));
        }
      }
    }
    return features;
  }

  private static int room(Packer packer) {
    return packer.maxLength() - 3;
  }

  private static Feature pair(Pieces first, Pieces second, Packer packer) {
    return Feature.of(packer.pair(first, second, Truncation.LONGEST_FIRST));
  }

  @Override
  public Feature draw(Feature packed, Draw draw, RandomGenerator random) {
    Pieces first = packed.sequence().texts().get(0);
    if (packed.sequence().texts().get(1).size() > 0) {
      return packed.with(TARGET, Target.of(0));
    }
    int room = room(draw.packer()) - first.size();
    Pieces other = sentence(draw, random);
    for (int i = 1; i < ATTEMPTS && other.size() > room; i++) {
      other = sentence(draw, random);
    }
    Pieces second = other.slice(0, Math.min(other.size(), room));
    return pair(first, second, draw.packer()).with(TARGET, Target.of(1));
  }

  /** One of another document's. */
  private static Pieces sentence(Draw draw, RandomGenerator random) {
    Sequence another = draw.another().sequence();
    Pieces second = another.texts().get(1);
    return second.size() > 0 && random.nextBoolean() ? second : another.texts().get(0);
  }
}
