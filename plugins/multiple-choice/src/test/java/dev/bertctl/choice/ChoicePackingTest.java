// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChoicePackingTest {

  private static final Location ROW = new Location("swag.csv", 2);
  private static final Choices CHOICES = Choices.of(List.of("sits down.", "sings."), ROW);

  private final Pairs packer = new Pairs();

  @Test
  void contextGoesWithStemAndEachChoice() {
    Feature feature = pack("A man comes in.", "He", OptionalInt.of(1));
    assertEquals(
        List.of("A man comes in. | He sits down. | RATIO", "A man comes in. | He sings. | RATIO"),
        packer.packed);
    assertEquals(2, feature.sequences().size());
    assertArrayEquals(new int[] {1}, ((Target.Ints) feature.target()).values());
  }

  @Test
  void withoutStemTheChoiceStandsAlone() {
    Feature feature = pack("A man comes in. He", "", OptionalInt.empty());
    assertEquals("A man comes in. He | sits down. | RATIO", packer.packed.get(0));
    assertEquals(Target.NONE, feature.target());
  }

  private Feature pack(String context, String stem, OptionalInt answer) {
    return new ChoicePacking(Truncation.RATIO)
        .pack(new Question(ROW, Map.of(), context, stem, CHOICES, answer), packer)
        .get(0);
  }

  /** Takes note of the pairs; a text is one piece, whose id is the text's number. */
  private static final class Pairs implements Packer {

    private final List<String> texts = new ArrayList<>();
    private final List<String> packed = new ArrayList<>();

    @Override
    public int maxLength() {
      return 512;
    }

    @Override
    public Vocabulary vocabulary() {
      throw new AssertionError("choices need no vocabulary");
    }

    @Override
    public Pieces tokenize(String text) {
      texts.add(text);
      return new Pieces(new int[] {texts.size() - 1}, new int[] {0}, new int[] {text.length()});
    }

    @Override
    public Sequence single(Pieces text) {
      throw new AssertionError("a choice is packed as a pair");
    }

    @Override
    public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
      packed.add(
          "%s | %s | %s"
              .formatted(texts.get(first.ids()[0]), texts.get(second.ids()[0]), truncation));
      return new Sequence(new int[5], new int[5], List.of(first, second), List.of(0, 0));
    }
  }
}
