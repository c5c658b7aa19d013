// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureDrawsTest {

  private static final SequencePacker PACKER = new SequencePacker(new LetterTokenizer(), 8, 2);

  /** Ten examples of one, two, three, one, two, ... features. */
  private static final PackedExamples<Sample> FEATURES = packed(1, 2, 3, 1, 2, 3, 1, 2, 3, 1);

  @Test
  void seedEpochAndFeatureAloneDecide() {
    assertEquals(drawn(1, 0), drawn(1, 0));
    Set<Integer> numbers = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      for (int epoch = 0; epoch < 5; epoch++) {
        numbers.addAll(drawn(seed, epoch));
      }
    }
    assertEquals(25 * FEATURES.size(), numbers.size(), "each draw is another");
  }

  @Test
  void theOrderOfDrawingDoesNotMatter() {
    FeatureDraws draws = draws(FEATURES, 0, 7);
    List<Integer> forwards = drawn(7, 3);
    for (int i = FEATURES.size() - 1; i >= 0; i--) {
      assertEquals(forwards.get(i), number(draws.draw(i, 3)));
    }
  }

  @Test
  void partsOfTheDataAreDrawnAsTheWhole() {
    List<Integer> whole = drawn(7, 3);
    List<Integer> parts = new ArrayList<>();
    parts.addAll(drawn(packed(1, 2), 0, 7, 3));
    parts.addAll(drawn(packed(3, 1, 2, 3, 1), 2, 7, 3));
    parts.addAll(drawn(packed(2, 3, 1), 7, 7, 3));
    assertEquals(whole, parts);
  }

  /** A number of 31 bits has each of them in half of the draws, whatever the neighbours' are. */
  @Test
  void neighboursHaveNothingInCommon() {
    List<Integer> numbers = new ArrayList<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      numbers.addAll(drawn(1, epoch));
    }
    for (int bit = 0; bit < 31; bit++) {
      int shift = bit;
      long same =
          IntStream.range(1, numbers.size())
              .filter(i -> ((numbers.get(i) ^ numbers.get(i - 1)) >> shift & 1) == 0)
              .count();
      // Four standard errors of 949 coins.
      assertEquals(474.5, same, 4 * Math.sqrt(949) / 2, "bit " + bit);
    }
  }

  @Test
  void anotherIsOfAnotherExample() {
    for (int index = 0; index < FEATURES.size(); index++) {
      Set<Integer> others = new TreeSet<>();
      for (int epoch = 0; epoch < 400; epoch++) {
        others.add(place(FEATURES, another(FEATURES, index, epoch)));
      }
      int own = FEATURES.example(index);
      assertEquals(
          IntStream.range(0, FEATURES.size())
              .filter(other -> FEATURES.example(other) != own)
              .boxed()
              .toList(),
          List.copyOf(others));
    }
  }

  /** Even where an example makes up almost all of the data. */
  @Test
  void anotherIsFoundBesideALongExample() {
    PackedExamples<Sample> long1 = packed(1, 500);
    for (int epoch = 0; epoch < 20; epoch++) {
      assertEquals(0, place(long1, another(long1, 250, epoch)));
    }
  }

  @Test
  void anotherOfASingleExampleIsItsOwn() {
    PackedExamples<Sample> alone = packed(1);
    assertSame(alone.get(0), another(alone, 0, 0));
    PackedExamples<Sample> three = packed(3);
    Set<Integer> others = new TreeSet<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      others.add(place(three, another(three, 1, epoch)));
    }
    assertEquals(Set.of(0, 1, 2), others);
  }

  @Test
  void mostPackingsDrawNothing() {
    InputPacking<Sample> plain = (sample, packer) -> List.of();
    FeatureDraws draws = new FeatureDraws(plain, PACKER, FEATURES, 1);
    assertSame(FEATURES.get(4), draws.draw(4, 2));
  }

  @Test
  void drawsKnowThePacker() {
    List<Packer> seen = new ArrayList<>();
    FeatureDraws draws =
        new FeatureDraws(
            new Drawing() {
              @Override
              public Feature draw(Feature packed, Draw draw) {
                seen.add(draw.packer());
                return packed;
              }
            },
            PACKER,
            FEATURES,
            1);
    draws.draw(0, 0);
    assertEquals(List.of(PACKER), seen);
    assertTrue(seen.get(0).vocabulary().find("[SEP]").isPresent());
  }

  private static Feature another(FeatureList features, int index, int epoch) {
    return new FeatureDraws(
            new Drawing() {
              @Override
              public Feature draw(Feature packed, Draw draw) {
                return draw.another();
              }
            },
            PACKER,
            features,
            1)
        .draw(index, epoch);
  }

  private static int place(PackedExamples<Sample> features, Feature feature) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) == feature) {
        return i;
      }
    }
    throw new AssertionError("none of the features");
  }

  private static List<Integer> drawn(long seed, int epoch) {
    return drawn(FEATURES, 0, seed, epoch);
  }

  private static List<Integer> drawn(FeatureList features, int firstExample, long seed, int epoch) {
    FeatureDraws draws = draws(features, firstExample, seed);
    return IntStream.range(0, features.size()).mapToObj(i -> number(draws.draw(i, epoch))).toList();
  }

  /** Draws a random number as a feature's target. */
  private static FeatureDraws draws(FeatureList features, int firstExample, long seed) {
    return new FeatureDraws(
        new Drawing() {
          @Override
          public Feature draw(Feature packed, Draw draw) {
            return packed.with(Target.MAIN, Target.of(draw.random().nextInt(Integer.MAX_VALUE)));
          }
        },
        PACKER,
        features,
        firstExample,
        seed);
  }

  private static int number(Feature feature) {
    return ((Target.Ints) feature.target()).values()[0];
  }

  private static PackedExamples<Sample> packed(int... featuresOfEach) {
    List<Sample> samples = new ArrayList<>();
    List<List<Feature>> features = new ArrayList<>();
    for (int count : featuresOfEach) {
      samples.add(Sample.of(samples.size() + 2, ""));
      features.add(
          IntStream.range(0, count).mapToObj(i -> Sample.feature(Target.NONE, 4)).toList());
    }
    return PackedExamples.of(samples, features);
  }

  private abstract static class Drawing implements InputPacking<Sample> {
    @Override
    public List<Feature> pack(Sample example, Packer packer) {
      throw new UnsupportedOperationException();
    }
  }
}
