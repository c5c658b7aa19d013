// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextPackingTest {

  @Test
  void pairWithLabel() {
    Feature feature = pack(Optional.of("de"), OptionalInt.of(2));
    assertArrayEquals(new int[] {1, 'a', 'b', 'c', 2, 'd', 'e', 2}, feature.sequence().ids());
    assertEquals(1, feature.sequence().start(0));
    assertEquals(5, feature.sequence().start(1));
    Target.Ints target = assertInstanceOf(Target.Ints.class, feature.target());
    assertArrayEquals(new int[] {2}, target.values());
  }

  @Test
  void singleWithoutLabel() {
    Feature feature = pack(Optional.empty(), OptionalInt.empty());
    assertArrayEquals(new int[] {1, 'a', 'b', 'c', 2}, feature.sequence().ids());
    assertEquals(Target.NONE, feature.target());
  }

  @Test
  void onlyAFeatureWithoutChoicesHasOneSequence() {
    Sequence sequence = pack(Optional.empty(), OptionalInt.empty()).sequence();
    Feature choices = Feature.of(List.of(sequence, sequence), Target.NONE);
    assertEquals(
        "a feature of 2 sequences",
        assertThrows(IllegalStateException.class, choices::sequence).getMessage());
  }

  @Test
  void sliceKeepsTheTextsOffsets() {
    Pieces slice = new Letters().tokenize("abcd").slice(1, 3);
    assertEquals(2, slice.size());
    assertArrayEquals(new int[] {'b', 'c'}, slice.ids());
    assertArrayEquals(new int[] {1, 2}, slice.starts());
    assertArrayEquals(new int[] {2, 3}, slice.ends());
  }

  private static Feature pack(Optional<String> second, OptionalInt label) {
    LabelledText example =
        new LabelledText(new Location("a.csv", 2), Map.of(), "abc", second, label);
    List<Feature> features = new TextPacking(Truncation.ONLY_SECOND).pack(example, new Letters());
    assertEquals(1, features.size());
    return features.get(0);
  }

  /** Each character is a piece. */
  private static final class Letters implements Packer {

    @Override
    public int maxLength() {
      return 20;
    }

    @Override
    public Vocabulary vocabulary() {
      throw new UnsupportedOperationException("texts need none");
    }

    @Override
    public Pieces tokenize(String text) {
      return new Pieces(
          text.chars().toArray(),
          IntStream.range(0, text.length()).toArray(),
          IntStream.rangeClosed(1, text.length()).toArray());
    }

    @Override
    public Sequence single(Pieces text) {
      int[] ids =
          IntStream.concat(
                  IntStream.concat(IntStream.of(1), IntStream.of(text.ids())), IntStream.of(2))
              .toArray();
      return new Sequence(ids, new int[ids.length], List.of(text), List.of(0));
    }

    @Override
    public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
      assertEquals(Truncation.ONLY_SECOND, truncation);
      int[] ids =
          IntStream.concat(
                  IntStream.of(single(first).ids()),
                  IntStream.concat(IntStream.of(second.ids()), IntStream.of(2)))
              .toArray();
      return new Sequence(ids, new int[ids.length], List.of(first, second), List.of(0, 0));
    }
  }
}
