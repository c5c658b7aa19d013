// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each letter is a piece. */
class WordPackingTest {

  private static final List<String> LABELS = List.of(Options.LABELS.split(","));
  private static final int NONE = Target.IGNORED;

  @Test
  void firstPieceCarriesTheTag() {
    Feature feature = pack("Ann B-PER | of O | Ayr I-LOC", 20, 4, false).get(0);
    assertTarget(feature, NONE, 2, NONE, NONE, 0, NONE, 3, NONE, NONE, NONE);
  }

  @Test
  void otherPiecesCarryTheTagTooIfAsked() {
    Feature feature = pack("Ann B-PER | of O | Ayr I-LOC", 20, 4, true).get(0);
    assertTarget(feature, NONE, 2, 2, 2, 0, 0, 3, 3, 3, NONE);
  }

  @Test
  void wordsThatAnEntityCoversInPartAreIgnored() {
    Sentence sentence =
        Reading.of(
                MemoryFile.rows(
                    List.of(
                        Map.of("text", "ab cd ef", "entities", List.of(List.of(1L, 5L, "LOC"))))),
                Purpose.TRAINING)
            .only();
    Feature feature = new WordPacking(LABELS, 4, false).pack(sentence, new LetterPacker(20)).get(0);
    assertTarget(feature, NONE, NONE, NONE, NONE, NONE, 0, NONE, NONE);
  }

  @Test
  void withoutGoldTagsThereIsNoTarget() {
    Sentence sentence = Reading.of(MemoryFile.conll("Ann"), Purpose.PREDICTION).only();
    List<Feature> features = new WordPacking(LABELS, 4, false).pack(sentence, new LetterPacker(20));
    assertEquals(List.of(Target.NONE), features.stream().map(Feature::target).toList());
  }

  @Test
  void longSentencesBecomeWindowsInWhichEachWordHasItsTagOnce() {
    // 20 words of 1 to 3 letters in windows of 8.
    String sentence =
        IntStream.range(0, 20)
            .mapToObj(i -> "abc".substring(0, 1 + i % 3) + " " + LABELS.get(i % 5))
            .reduce((a, b) -> a + " | " + b)
            .orElseThrow();
    for (int overlap : new int[] {0, 1, 3, 100}) {
      List<Feature> features = pack(sentence, 10, overlap, false);
      assertTrue(features.size() >= 5, features.size() + " windows");
      List<Integer> tags = new ArrayList<>();
      for (Feature feature : features) {
        assertTrue(feature.sequence().length() <= 10);
        Arrays.stream(values(feature)).filter(value -> value != NONE).forEach(tags::add);
      }
      assertEquals(IntStream.range(0, 20).mapToObj(i -> i % 5).toList(), tags);
    }
  }

  @Test
  void wordsAreReadWhereTheyHaveMostContext() {
    Sentence sentence =
        Reading.tagged("a O | b O | c O | d O | e O | f O | g O | h O | i O").get(0);
    List<Feature> features = new WordPacking(LABELS, 3, false).pack(sentence, new LetterPacker(8));
    assertEquals(
        List.of("abcdef", "defghi"),
        features.stream().map(feature -> LetterPacker.text(feature.sequence())).toList());
    // e has one neighbour to its right in the first window, and one to its left in the second.
    assertEquals(
        List.of(0, 0, 0, 0, 0, 1, 1, 1, 1),
        WordPlace.of(sentence.documentWords(), windows(features)).stream()
            .map(place -> place.orElseThrow().window())
            .toList());
  }

  @Test
  void wordsLongerThanAWindowHaveAPlace() {
    Sentence sentence = Reading.tagged("a O | " + "b".repeat(40) + " B-PER | c O").get(0);
    for (int overlap : new int[] {0, 3}) {
      List<Feature> features =
          new WordPacking(LABELS, overlap, false).pack(sentence, new LetterPacker(8));
      List<WordPlace> places =
          WordPlace.of(sentence.documentWords(), windows(features)).stream()
              .map(place -> place.orElseThrow())
              .toList();
      assertEquals(new WordPlace(0, 1, 2), places.get(0));
      assertEquals(new WordPlace(0, 2, 7), places.get(1));
      assertEquals(features.size() - 1, places.get(2).window());
      assertEquals(2, values(features.get(0))[2]);
    }
  }

  @Test
  void sentencesWithoutPiecesGiveOneEmptySequence() {
    Feature feature = pack("\u0001 O", 8, 2, false).get(0);
    assertTarget(feature, NONE, NONE);
  }

  @Test
  void documentContextFillsTheSequence() {
    List<Sentence> sentences = document("ab", "cd", "ef", "-DOCSTART-", "gh", "ij");
    assertEquals("abcdef", seen(sentences.get(0), 8));
    assertEquals("abcdef", seen(sentences.get(1), 8));
    assertEquals("ghij", seen(sentences.get(3), 8));
    // As much on both sides, unless one side has no more.
    assertEquals("bcde", seen(sentences.get(1), 6));
    assertEquals("abcd", seen(sentences.get(0), 6));
    assertEquals("cdef", seen(sentences.get(2), 6));
    assertEquals("gh", seen(sentences.get(3), 4));
  }

  @Test
  void contextCarriesNoTags() {
    Sentence sentence = document("ab", "cd", "ef").get(1);
    Feature feature = new WordPacking(LABELS, 0, false).pack(sentence, new LetterPacker(8)).get(0);
    assertTarget(feature, NONE, NONE, NONE, 2, NONE, NONE, NONE, NONE);
    Pieces pieces = feature.sequence().texts().get(0);
    assertEquals("ab cd ef", sentence.document());
    assertArrayEquals(new int[] {0, 1, 3, 4, 6, 7}, pieces.starts());
    assertArrayEquals(new int[] {1, 2, 4, 5, 7, 8}, pieces.ends());
  }

  @Test
  void contextIsTakenFromTheNearestSentences() {
    String[] words = IntStream.range(0, 60).mapToObj(i -> "x" + i).toArray(String[]::new);
    Sentence sentence = document(words).get(30);
    assertEquals("9x30x3", seen(sentence, 8));
    Feature feature = new WordPacking(LABELS, 0, false).pack(sentence, new LetterPacker(8)).get(0);
    int start = feature.sequence().texts().get(0).starts()[1];
    assertEquals("x30", sentence.document().substring(start, start + 3));
  }

  @Test
  void rowsOfOneDocumentAreNamed() {
    List<Sentence> sentences =
        Reading.of(
                MemoryFile.rows(
                    List.of(
                        Map.of("text", "ab", "document", 1L),
                        Map.of("text", "cd", "document", 1L),
                        Map.of("text", "ef"),
                        Map.of("text", "gh"))),
                Purpose.PREDICTION,
                "document-context",
                "true")
            .sentences();
    assertEquals(
        List.of("ab cd", "ab cd", "ef", "gh"), sentences.stream().map(Sentence::document).toList());
  }

  /** Sentences of one word each, tagged B-PER. */
  private static List<Sentence> document(String... words) {
    String[] lines =
        Arrays.stream(words)
            .flatMap(word -> Arrays.stream(new String[] {word + "\tB-PER", ""}))
            .toArray(String[]::new);
    return Reading.of(MemoryFile.conll(lines), Purpose.TRAINING, "document-context", "true")
        .sentences();
  }

  private static String seen(Sentence sentence, int maxLength) {
    List<Feature> features =
        new WordPacking(LABELS, 0, false).pack(sentence, new LetterPacker(maxLength));
    assertEquals(1, features.size());
    return LetterPacker.text(features.get(0).sequence());
  }

  private static List<Feature> pack(
      String sentence, int maxLength, int overlap, boolean allPieces) {
    return new WordPacking(LABELS, overlap, allPieces)
        .pack(Reading.tagged(sentence).get(0), new LetterPacker(maxLength));
  }

  private static List<Pieces> windows(List<Feature> features) {
    return features.stream().map(feature -> feature.sequence().texts().get(0)).toList();
  }

  private static int[] values(Feature feature) {
    return ((Target.Ints) feature.target()).values();
  }

  private static void assertTarget(Feature feature, int... expected) {
    assertArrayEquals(expected, values(feature), Arrays.toString(values(feature)));
  }
}
