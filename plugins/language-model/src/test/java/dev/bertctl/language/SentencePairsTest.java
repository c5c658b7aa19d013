// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentencePairsTest {

  /** Room for 10 pieces. */
  private final TestPacker packer = new TestPacker(13);

  private final Document document = Documents.training(words("a", 4), words("b", 5), words("c", 7));

  /** Each in a half of the packings, within three standard deviations of 1,000. */
  @Test
  void sentencesArePairedWithTheirNextOrLeftToAnothers() {
    List<Feature> features = new SentencePairs(1_000, 1).pack(document, packer);
    List<String> texts =
        features.stream().map(feature -> packer.text(feature.sequence().ids())).toList();
    assertEquals(
        List.of(
            "[CLS] a0 a1 a2 a3 [SEP] [SEP]",
            "[CLS] a0 a1 a2 a3 [SEP] b0 b1 b2 b3 b4 [SEP]",
            "[CLS] b0 b1 b2 b3 b4 [SEP] [SEP]"),
        texts.stream().distinct().sorted().toList());
    assertEquals(500, count(texts, "a3 [SEP] b0 b1 b2 b3 b4 [SEP]"), 48);
    // Of the sentences of its own document two of three fit behind the first, and behind the
    // second.
    assertEquals(1_000 / 3.0, count(texts, "a3 [SEP] [SEP]"), 45);
    assertEquals(1_000 / 3.0, count(texts, "b4 [SEP] [SEP]"), 45);
  }

  private static long count(List<String> texts, String end) {
    return texts.stream().filter(text -> text.endsWith(end)).count();
  }

  @Test
  void ofAParagraphWithoutAPairThatFitsThereIsNothing() {
    SentencePairs pairs = new SentencePairs(20, 1);
    assertEquals(List.of(), pairs.pack(Documents.training("One ."), packer));
    assertEquals(List.of(), pairs.pack(Documents.training(words("a", 11), words("b", 11)), packer));
  }

  @Test
  void packingDependsOnTheSeedAlone() {
    assertEquals(texts(new SentencePairs(9, 1)), texts(new SentencePairs(9, 1)));
    assertNotEquals(texts(new SentencePairs(9, 1)), texts(new SentencePairs(9, 2)));
    Document evaluated =
        Documents.of(Purpose.EVALUATION, document.sentences().toArray(String[]::new));
    assertTrue(new SentencePairs(1_000, 1).pack(evaluated, packer).size() <= 2);
  }

  private List<String> texts(SentencePairs pairs) {
    return pairs.pack(document, packer).stream()
        .map(feature -> packer.text(feature.sequence().ids()))
        .toList();
  }

  @Test
  void drawsAnothersSentence() {
    Feature next = feature("x0 x1", "y0");
    Feature own = feature("a0 a1 a2", "b0");
    Feature alone = feature("a0 a1 a2", "");
    SentencePairs pairs = new SentencePairs(1, 1);
    for (int seed = 0; seed < 20; seed++) {
      Feature drawn = pairs.draw(own, new TestDraw(seed, next, packer));
      assertEquals("[CLS] a0 a1 a2 [SEP] b0 [SEP]", packer.text(drawn.sequence().ids()));
      assertEquals(0, label(drawn));
    }
    List<String> seconds =
        IntStream.range(0, 20)
            .mapToObj(seed -> pairs.draw(alone, new TestDraw(seed, next, packer)))
            .peek(drawn -> assertEquals(1, label(drawn)))
            .map(drawn -> packer.text(drawn.sequence().texts().get(1).ids()))
            .distinct()
            .sorted()
            .toList();
    assertEquals(List.of("x0 x1", "y0"), seconds);
  }

  @Test
  void whatNeverFitsIsCut() {
    Feature alone = feature(words("a", 8), "");
    Feature another = feature(words("x", 9), "");
    Sequence drawn =
        new SentencePairs(1, 1).draw(alone, new TestDraw(1, another, packer)).sequence();
    assertEquals("[CLS] a0 a1 a2 a3 a4 a5 a6 a7 [SEP] x0 x1 [SEP]", packer.text(drawn.ids()));
  }

  private static int label(Feature drawn) {
    return ((Target.Ints) drawn.target("next-sentence")).values()[0];
  }

  private Feature feature(String first, String second) {
    return Feature.of(
        packer.pair(packer.tokenize(first), packer.tokenize(second), Truncation.LONGEST_FIRST));
  }

  private static String words(String letter, int count) {
    return IntStream.range(0, count).mapToObj(i -> letter + i).collect(Collectors.joining(" "));
  }
}
