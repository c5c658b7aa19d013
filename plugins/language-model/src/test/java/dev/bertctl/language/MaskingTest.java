// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** 200 sequences of 500 word pieces; the shares are within three standard deviations. */
  @Test
  void sharesOverManyTokens() {
    TestPacker packer = new TestPacker(502);
    Feature feature = Feature.of(packer.single(packer.tokenize(words(500))));
    packer.tokenize(
        IntStream.range(0, 50_000).mapToObj(i -> "other" + i).collect(Collectors.joining(" ")));
    RandomGenerator random = new SplittableRandom(7);
    Masking masking = new Masking(0.15, NO_LIMIT, false, false);
    int chosen = 0;
    int inFirstHalf = 0;
    int masked = 0;
    int replaced = 0;
    for (int i = 0; i < 200; i++) {
      Feature drawn = masking.mask(feature, packer, random);
      int[] original = ((Target.Ints) drawn.target("masked")).values();
      for (int k = 0; k < original.length; k++) {
        int position = drawn.positions()[k];
        assertEquals(feature.sequence().ids()[position], original[k]);
        int id = drawn.sequence().ids()[position];
        chosen++;
        inFirstHalf += position <= 250 ? 1 : 0;
        masked += id == 4 ? 1 : 0;
        replaced += id != 4 && id != original[k] ? 1 : 0;
      }
    }
    assertEquals(15_000, chosen);
    assertWithin(0.5, inFirstHalf, chosen);
    assertWithin(0.8, masked, chosen);
    assertWithin(0.1, replaced, chosen);
    assertWithin(0.1, chosen - masked - replaced, chosen);
  }

  private static void assertWithin(double share, int count, int of) {
    double deviation = Math.sqrt(of * share * (1 - share));
    assertTrue(
        Math.abs(count - share * of) < 3 * deviation,
        "%d of %d, and %s is due".formatted(count, of, share));
  }

  @Test
  void placesAreFilledUpWithTheUnknownTokenAtTheFirst() {
    TestPacker packer = new TestPacker(502);
    Feature feature = Feature.of(packer.single(packer.tokenize(words(8))));
    Feature drawn =
        new Masking(0.15, 4, false, true).mask(feature, packer, new SplittableRandom(1));
    assertEquals(4, drawn.positions().length);
    assertTrue(drawn.positions()[1] > 0);
    assertArrayEquals(new int[] {0, 0}, Arrays.copyOfRange(drawn.positions(), 2, 4));
    int[] gold = ((Target.Ints) drawn.target("masked")).values();
    assertArrayEquals(new int[] {1, 1}, Arrays.copyOfRange(gold, 2, 4));
    assertEquals(2, drawn.sequence().ids()[0]);
  }

  @Test
  void countsOfPositions() {
    assertEquals(1, positions(new Masking(0.15, NO_LIMIT, false, false), 3).length);
    assertEquals(3, positions(new Masking(0.15, NO_LIMIT, false, false), 20).length);
    assertEquals(4, positions(new Masking(0.15, 20, false, false), 28).length); // 4.5 of 30 tokens
    assertEquals(15, positions(new Masking(0.15, 20, false, false), 100).length);
    assertEquals(20, positions(new Masking(0.15, 20, false, false), 400).length);
    assertEquals(0, positions(new Masking(0.15, 20, false, false), 0).length);
  }

  @Test
  void positionsAscendAndSpareSpecialTokens() {
    assertArrayEquals(
        new int[] {1, 2, 3, 4, 5}, positions(new Masking(1, NO_LIMIT, false, false), 5));
    TestPacker packer = new TestPacker(10);
    Feature pair =
        Feature.of(
            packer.pair(packer.tokenize("a b"), packer.tokenize("c"), Truncation.LONGEST_FIRST));
    assertArrayEquals(
        new int[] {1, 2, 4},
        new Masking(1, NO_LIMIT, false, false)
            .mask(pair, packer, new SplittableRandom(1))
            .positions());
  }

  private static int[] positions(Masking masking, int pieces) {
    TestPacker packer = new TestPacker(502);
    Feature feature = Feature.of(packer.single(packer.tokenize(words(pieces))));
    return masking.mask(feature, packer, new SplittableRandom(1)).positions();
  }

  @Test
  void piecesOfAWordAreMaskedTogether() {
    TestPacker packer = new TestPacker(20);
    // Three pieces of twelve are due: one of the words of three.
    Feature feature = Feature.of(packer.single(packer.tokenize("a-b-c d-e-f g-h-i j-k-l")));
    for (int seed = 0; seed < 20; seed++) {
      int[] positions =
          new Masking(0.25, NO_LIMIT, true, false)
              .mask(feature, packer, new SplittableRandom(seed))
              .positions();
      assertEquals(3, positions.length);
      assertEquals(1, positions[0] % 3);
      assertEquals(positions[0] + 2, positions[2]);
    }
  }

  @Test
  void spacesTellChineseWords() {
    TestPacker packer = new TestPacker(20);
    assertEquals(
        "[1, 2] [3] [4, 5, 6] [7, 8] [9]",
        MaskableWords.words(packer.single(packer.tokenize("北京 的 大学生 un-happy cat")), packer)
            .stream()
            .map(word -> IntStream.of(word).boxed().toList().toString())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void dependsOnTheGeneratorAlone() {
    TestPacker packer = new TestPacker(102);
    Feature feature = Feature.of(packer.single(packer.tokenize(words(100))));
    WindowPacking packing = new WindowPacking(new Masking(0.15, 20, false, false));
    int[] before = feature.sequence().ids().clone();
    Feature one = packing.draw(feature, new TestDraw(1, feature, packer));
    Feature same = packing.draw(feature, new TestDraw(1, feature, packer));
    Feature other = packing.draw(feature, new TestDraw(2, feature, packer));
    assertArrayEquals(one.positions(), same.positions());
    assertArrayEquals(one.sequence().ids(), same.sequence().ids());
    assertTrue(!Arrays.equals(one.positions(), other.positions()));
    assertArrayEquals(before, feature.sequence().ids());
  }

  @Test
  void optionsAreChecked() {
    OptionException share =
        assertThrows(OptionException.class, () -> new Masking(0, NO_LIMIT, false, false));
    assertEquals("masked-share", share.option());
    assertEquals("is 0.0; give more than 0 and at most 1, usually 0.15", share.getMessage());
    assertEquals(
        "is 0; give at least 1, usually 20",
        assertThrows(OptionException.class, () -> new Masking(0.15, 0, false, false)).getMessage());
  }

  private static String words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
  }
}
