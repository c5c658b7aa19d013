// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpanPairsTest {

  private static final SpanPairs PAIRS = new SpanPairs(0, 1, 12345);

  private final TestPacker packer = new TestPacker(19);

  /** Sentences of 5, 6, 7 and 4 words, for which there is room for 16. */
  private final Document document =
      Documents.training(words("a", 5), words("b", 6), words("c", 7), words("d", 4));

  @Test
  void sentencesAreGatheredAndSplit() {
    List<Feature> features = PAIRS.pack(document, packer);
    assertEquals(2, features.size());
    Sequence first = features.get(0).sequence();
    assertEquals(19, first.length());
    assertEquals(2, first.cut().get(0) + first.cut().get(1));
    String begin = packer.token(first.texts().get(1).ids()[0]).substring(0, 1);
    assertTrue("bc".contains(begin), begin);
    Sequence last = features.get(1).sequence();
    assertEquals("[CLS] d0 d1 d2 d3 [SEP] [SEP]", packer.text(last.ids()));
  }

  @Test
  void duplicatesAreSplitInOtherWays() {
    SpanPairs pairs = new SpanPairs(0, 10, 12345);
    List<String> texts = texts(pairs, document);
    assertEquals(20, texts.size());
    assertTrue(texts.stream().distinct().count() > 4);
    assertEquals(texts, texts(pairs, document));
    assertNotEquals(texts, texts(new SpanPairs(0, 10, 1), document));
    Document evaluated =
        new Document(
            document.location(), document.columns(), document.sentences(), Purpose.EVALUATION);
    assertEquals(2, texts(pairs, evaluated).size());
  }

  private List<String> texts(SpanPairs pairs, Document of) {
    return pairs.pack(of, packer).stream()
        .map(feature -> packer.text(feature.sequence().ids()))
        .toList();
  }

  @Test
  void aShareOfDocumentsIsPackedShorter() {
    Document sentences =
        Documents.training(IntStream.range(0, 160).mapToObj(i -> "w" + i).toArray(String[]::new));
    List<Feature> features = new SpanPairs(0.1, 1_000, 3).pack(sentences, packer);
    // A document packed to full length begins with 16 words; a shorter one with 2 to 16.
    long shorter =
        features.stream()
            .filter(feature -> packer.token(feature.sequence().ids()[1]).equals("w0"))
            .filter(feature -> feature.sequence().length() < 19)
            .count();
    // 100 are due, of which one in 15 is of full length: 93, with a standard deviation of 9.2.
    assertEquals(93, shorter, 28);
  }

  @Test
  void drawsEverySecondPairFromAnotherDocument() {
    Feature packed = PAIRS.pack(document, packer).get(0);
    Feature another = PAIRS.pack(Documents.training(words("x", 8), words("y", 8)), packer).get(0);
    int next = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Feature drawn = PAIRS.draw(packed, new TestDraw(seed, another, packer));
      assertEquals(packed.sequence().texts().get(0).size(), size(drawn, 0));
      assertEquals(packed.sequence().texts().get(1).size(), size(drawn, 1));
      String second = packer.token(drawn.sequence().texts().get(1).ids()[0]);
      int label = ((Target.Ints) drawn.target("next-sentence")).values()[0];
      assertEquals(label == 1, second.equals("x0") || second.equals("y0"), second);
      next += label == 0 ? 1 : 0;
    }
    // Three standard deviations of 15.8.
    assertEquals(500, next, 47);
  }

  @Test
  void aSentenceWithoutASecondGetsAnotherOne() {
    Feature alone = PAIRS.pack(document, packer).get(1);
    Feature another = PAIRS.pack(Documents.training(words("x", 8), words("y", 8)), packer).get(0);
    for (int seed = 0; seed < 20; seed++) {
      Feature drawn = PAIRS.draw(alone, new TestDraw(seed, another, packer));
      assertArrayEquals(new int[] {1}, ((Target.Ints) drawn.target("next-sentence")).values());
      assertTrue(size(drawn, 1) >= 8, "8 words from the other's second span");
    }
  }

  @Test
  void aLongSentenceLeavesRoomForAnother() {
    Feature alone = PAIRS.pack(Documents.training(words("a", 40)), packer).get(0);
    assertEquals(24, alone.sequence().cut().get(0));
    Feature drawn =
        PAIRS.draw(
            alone,
            new TestDraw(
                1,
                PAIRS.pack(Documents.training(words("x", 8), words("y", 8)), packer).get(0),
                packer));
    assertEquals(8, size(drawn, 0));
    assertEquals(8, size(drawn, 1));
  }

  @Test
  void longerTextLosesPieces() {
    Sequence cut =
        CutPair.of(
            packer.tokenize(words("a", 16)),
            packer.tokenize(words("b", 3)),
            packer,
            new SplittableRandom(1));
    assertEquals(List.of(3, 0), cut.cut());
    assertEquals(13, cut.texts().get(0).size());
  }

  @Test
  void pretrainingMasksWhatWasDrawn() {
    PretrainPacking packing = new PretrainPacking(PAIRS, new Masking(0.15, 20, false, false));
    Feature packed = packing.pack(document, packer).get(0);
    Feature drawn = packing.draw(packed, new TestDraw(5, packed, packer));
    assertEquals(3, drawn.positions().length); // 0.15 of 19 tokens
    assertEquals(List.of("next-sentence", "masked"), List.copyOf(drawn.targets().keySet()));
  }

  @Test
  void labelledPairsKeepTheirLabel() {
    NextSentencePacking packing = new NextSentencePacking(PAIRS);
    SentencePair pair =
        new SentencePair(document.location(), Map.of(), "a b", "c d", OptionalInt.of(1));
    Feature packed = packing.pack(pair, packer).get(0);
    Feature drawn = packing.draw(packed, new TestDraw(1, packed, packer));
    assertEquals("[CLS] a b [SEP] c d [SEP]", packer.text(drawn.sequence().ids()));
    assertArrayEquals(new int[] {1}, ((Target.Ints) drawn.target("next-sentence")).values());
  }

  @Test
  void optionsAreChecked() {
    OptionException failure = assertThrows(OptionException.class, () -> new SpanPairs(1.5, 1, 0));
    assertEquals("short-sequence-share", failure.option());
    assertEquals("is 1.5; give 0 to 1, usually 0.1", failure.getMessage());
    assertEquals(
        "is 0; give at least 1",
        assertThrows(OptionException.class, () -> new SpanPairs(0, 0, 0)).getMessage());
  }

  private static int size(Feature feature, int text) {
    return feature.sequence().texts().get(text).size();
  }

  private static String words(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i).collect(Collectors.joining(" "));
  }
}
