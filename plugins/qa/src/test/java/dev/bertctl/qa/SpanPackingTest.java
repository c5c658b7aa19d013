// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanPackingTest {

  private static final String PASSAGE = "one two three four five six seven eight nine ten";

  @Test
  void windowsAndTargetsAreThoseOfHuggingFace() {
    JsonNode golden = Golden.read("features.json");
    SpanPacking packing = new SpanPacking(64, golden.get("doc_stride").intValue());
    for (JsonNode each : golden.get("cases")) {
      Pieces asked = pieces(each.get("question"));
      Pieces passage = pieces(each.get("passage"));
      Question question = question(each);
      TestPacker packer =
          new TestPacker(
              golden.get("max_length").intValue(),
              text -> text.equals(question.text()) ? asked : passage);
      List<Feature> features = packing.pack(question, packer);
      assertEquals(each.get("features").size(), features.size(), question.text());
      for (int i = 0; i < features.size(); i++) {
        JsonNode expected = each.get("features").get(i);
        Feature feature = features.get(i);
        assertArrayEquals(Golden.ints(expected.get("ids")), feature.sequence().ids());
        assertArrayEquals(Golden.ints(expected.get("segments")), feature.sequence().segments());
        assertArrayEquals(Golden.ints(expected.get("target")), target(feature), question.text());
      }
    }
  }

  private static Question question(JsonNode golden) {
    String passage = golden.get("passage").get("text").textValue();
    Question some = Samples.question("1", passage);
    int start = golden.get("answer_start").intValue();
    String answer = golden.get("answer").textValue();
    return new Question(
        some.location(),
        some.columns(),
        some.id(),
        golden.get("question").get("text").textValue(),
        passage,
        Optional.of(start < 0 ? List.of() : List.of(GoldAnswer.at(start, answer, passage))));
  }

  private static Pieces pieces(JsonNode golden) {
    return new Pieces(
        Golden.ints(golden.get("ids")),
        Golden.ints(golden.get("starts")),
        Golden.ints(golden.get("ends")));
  }

  @Test
  void aWindowWithoutTheWholeAnswerIsTrainedTowardsCls() {
    // [CLS] Which is it ? [SEP] and [SEP] leave room for 6 of 10 words; windows share 2.
    List<Feature> features =
        new SpanPacking(64, 2).pack(Samples.question("1", PASSAGE, "six seven"), packer(13));
    assertEquals(2, features.size());
    assertArrayEquals(new int[] {0, 0}, target(features.get(0)));
    assertArrayEquals(new int[] {7, 8}, target(features.get(1)));
  }

  @Test
  void theFirstAnswerIsTheTarget() {
    Question question = Samples.question("1", PASSAGE, "two", "nine");
    assertArrayEquals(
        new int[] {7, 7}, target(new SpanPacking(64, 2).pack(question, packer(20)).get(0)));
  }

  @Test
  void anAnswerWithoutAPlaceIsLeftOutOfTheLoss() {
    int[] ignored = {Target.IGNORED, Target.IGNORED};
    SpanPacking packing = new SpanPacking(64, 2);
    assertArrayEquals(
        ignored, target(packing.pack(Samples.question("1", PASSAGE, "zero"), packer(20)).get(0)));
    // The only character of this answer is one that tokenizers drop.
    TestPacker blind = new TestPacker(20, text -> new Pieces(new int[0], new int[0], new int[0]));
    assertArrayEquals(
        ignored, target(packing.pack(Samples.question("1", "\u0001", "\u0001"), blind).get(0)));
  }

  @Test
  void withoutGoldAnswersThereIsNoTarget() {
    Question some = Samples.question("1", PASSAGE);
    Question unknown =
        new Question(
            some.location(), some.columns(), "1", some.text(), some.passage(), Optional.empty());
    for (Feature feature : new SpanPacking(64, 2).pack(unknown, packer(13))) {
      assertEquals(Target.NONE, feature.target());
    }
  }

  @Test
  void aLongQuestionIsCutAndCountedOnce() {
    List<Feature> features = new SpanPacking(2, 2).pack(Samples.question("1", PASSAGE), packer(11));
    assertEquals(2, features.size());
    assertEquals(2, features.get(0).sequence().texts().get(0).size());
    assertEquals(List.of(2, 0), features.get(0).sequence().cut());
    assertEquals(List.of(0, 0), features.get(1).sequence().cut());
  }

  @Test
  void shortSequencesAreSharedByQuestionAndPassage() {
    // Room for 6 pieces: at most 3 of the question, and windows of 3 that share 1.
    List<Feature> features =
        new SpanPacking(64, 128).pack(Samples.question("1", PASSAGE), packer(9));
    assertEquals(3, features.get(0).sequence().texts().get(0).size());
    assertEquals(5, features.size());
    assertEquals(
        List.of(
            new Window(0, 3),
            new Window(2, 5),
            new Window(4, 7),
            new Window(6, 9),
            new Window(8, 10)),
        new SpanPacking(64, 128).windows(features));
  }

  @Test
  void anEmptyPassageIsOneWindow() {
    List<Feature> features = new SpanPacking(64, 128).pack(Samples.question("1", ""), packer(20));
    assertEquals(1, features.size());
    assertEquals(7, features.get(0).sequence().length());
  }

  private static TestPacker packer(int maxLength) {
    return TestPacker.ofWords(maxLength);
  }

  private static int[] target(Feature feature) {
    return ((Target.Ints) feature.target()).values();
  }
}
