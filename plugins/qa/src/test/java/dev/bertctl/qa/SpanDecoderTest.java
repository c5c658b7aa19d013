// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.testkit.ToyOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpanDecoderTest {

  /** Logits are float32, and the reference adds them up in float64 or float32. */
  private static final double FLOAT = 1e-5;

  private static final SpanPacking PACKING = new SpanPacking(64, 2);

  /** The question of the samples and the special tokens; what is more is for the passage. */
  private static final int ASKED = 7;

  @Test
  void candidatesAreThoseOfTheOriginalBert() {
    JsonNode golden = Golden.read("spans.json");
    SpanPacking packing = new SpanPacking(64, golden.get("overlap").intValue());
    SpanSearch search =
        new SpanSearch(
            packing,
            golden.get("n_best_size").intValue(),
            golden.get("max_answer_length").intValue());
    TestPacker packer = TestPacker.ofWords(golden.get("max_length").intValue());
    for (JsonNode each : golden.get("cases")) {
      Question question =
          asking(golden.get("question").textValue(), Golden.texts(each.get("words")));
      List<FeatureOutput> outputs = outputs(packing.pack(question, packer), each.get("logits"));
      assertCandidates(
          each.get("answerable"),
          new SpanDecoder(search, false, 0).decode(question, ToyOutput.of(outputs)));
      assertCandidates(
          each.get("unanswerable"),
          new SpanDecoder(search, true, 0).decode(question, ToyOutput.of(outputs)));
    }
  }

  private static Question asking(String text, List<String> words) {
    Question some = Samples.question("1", String.join(" ", words));
    return new Question(
        some.location(), some.columns(), "1", text, some.passage(), Optional.empty());
  }

  private static List<FeatureOutput> outputs(List<Feature> features, JsonNode logits) {
    assertEquals(logits.size(), features.size());
    List<FeatureOutput> outputs = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      float[] values = new float[2 * logits.get(i).size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = logits.get(i).get(j / 2).get(j % 2).floatValue();
      }
      assertEquals(features.get(i).sequence().length(), values.length / 2);
      outputs.add(FeatureOutput.of(features.get(i), new Matrix(values, values.length / 2, 2)));
    }
    return outputs;
  }

  private static void assertCandidates(JsonNode expected, Answer answer) {
    assertEquals(expected.get("text").textValue(), answer.text().orElseThrow());
    assertEquals(expected.get("nbest").size(), answer.candidates().size());
    for (int i = 0; i < answer.candidates().size(); i++) {
      JsonNode best = expected.get("nbest").get(i);
      Candidate candidate = answer.candidates().get(i);
      assertEquals(best.get("text").textValue(), candidate.text());
      assertEquals(best.get("probability").doubleValue(), candidate.probability(), FLOAT);
      assertEquals(best.get("start_logit").doubleValue(), candidate.startLogit(), FLOAT);
      assertEquals(best.get("end_logit").doubleValue(), candidate.endLogit(), FLOAT);
    }
    assertEquals(expected.has("null_odds"), answer.nullOdds().isPresent());
    if (expected.has("null_odds")) {
      assertEquals(expected.get("null_odds").doubleValue(), answer.nullOdds().getAsDouble(), FLOAT);
    }
  }

  @Test
  void goldAnswersComeBackExactly() {
    Map<String, List<String>> passages =
        Map.of(
            "Café Zürich – founded by José Núñez – serves crème brûlée.",
                List.of("Café Zürich", "José Núñez", "crème brûlée"),
            "Cafe\u0301 Zu\u0308rich – founded by Jose\u0301 Nu\u0301n\u0303ez.",
                List.of("Cafe\u0301 Zu\u0308rich", "Nu\u0301n\u0303ez"),
            "🎉🎈 Gate ＡＢ１２ opens 🙂 at 𝟗 o'clock 👍🏽!",
                List.of("ＡＢ１２", "🙂", "𝟗 o'clock", "🎉🎈 Gate", "👍🏽"),
            "这棵树是李小明的祖父在一九五三年种下的，高二十米。𠀀𠀁在旁边。", List.of("李小明的祖父", "一九五三年", "二十米", "𠀀𠀁"));
    passages.forEach(
        (passage, answers) -> {
          for (String gold : answers) {
            for (int maxLength : List.of(64, 20)) {
              Answer answer = perfect(passage, gold, maxLength);
              assertEquals(gold, answer.text().orElseThrow());
              assertOffsets(passage, gold, answer.fields());
            }
          }
        });
  }

  /** Offsets count Unicode characters, so Python's passage[start:end] is the answer. */
  private static void assertOffsets(String passage, String gold, Map<String, Object> fields) {
    int[] characters = passage.codePoints().toArray();
    int start = (int) fields.get("start");
    assertEquals(gold, new String(characters, start, (int) fields.get("end") - start));
  }

  @Test
  void anAnswerWithinAPieceGivesThePiecesAroundIt() {
    assertEquals("1990s", perfect("In the 1990s it rained.", "199", 64).text().orElseThrow());
  }

  private static Answer perfect(String passage, String gold, int maxLength) {
    Question question = Samples.question("1", passage, gold);
    SpanPacking packing = new SpanPacking(64, 6); // so that some window has the whole answer
    List<Feature> features = packing.pack(question, TestPacker.ofWords(maxLength));
    return new SpanDecoder(new SpanSearch(packing, 20, 30), false, 0)
        .decode(question, ToyOutput.of(Samples.perfect(features)));
  }

  @Test
  void answersMayBeOfAnyLength() {
    Question question = Samples.question("1", "one two three");
    List<Feature> features = PACKING.pack(question, TestPacker.ofWords(64));
    List<FeatureOutput> outputs = List.of(output(features.get(0), 1, 2, 9));
    ScoredSpan best = new SpanSearch(PACKING, 20, Integer.MAX_VALUE).find(outputs).get(0);
    assertEquals("two three", cut(question, best));
  }

  @Test
  void spansStartWhereATokenHasMostContext() {
    // Windows [0,6) and [4,10): "five" (4) has more context in the first, by its length; equal to
    // the second's only from the other side, "six" (5) has more in the second.
    Question question = Samples.question("1", "one two three four five six seven eight nine ten");
    List<Feature> features = PACKING.pack(question, TestPacker.ofWords(ASKED + 6));
    assertEquals(2, features.size());
    List<FeatureOutput> outputs =
        List.of(output(features.get(0), 4, 5, 9), output(features.get(1), 0, 1, 5));
    ScoredSpan best = new SpanSearch(PACKING, 20, 30).find(outputs).get(0);
    assertEquals("five six", cut(question, best));
    assertEquals(9, best.startLogit());
    List<FeatureOutput> swapped =
        List.of(output(features.get(0), 5, 5, 9), output(features.get(1), 1, 1, 5));
    ScoredSpan second = new SpanSearch(PACKING, 20, 30).find(swapped).get(0);
    assertEquals("six", cut(question, second));
    assertEquals(5, second.startLogit());
  }

  private static FeatureOutput output(Feature feature, int first, int last, float logit) {
    float[] values = new float[2 * feature.sequence().length()];
    int start = feature.sequence().start(1);
    values[2 * (start + first)] = logit;
    values[2 * (start + last) + 1] = logit;
    return FeatureOutput.of(feature, new Matrix(values, values.length / 2, 2));
  }

  private static String cut(Question question, ScoredSpan scored) {
    return question.passage().substring(scored.span().start(), scored.span().end());
  }

  @Test
  void spansAreValid() {
    Question question = Samples.question("1", "one two three four five six");
    Feature feature = PACKING.pack(question, TestPacker.ofWords(20)).get(0);
    // The best start is behind the best end, and the question's own tokens score highest.
    float[] values = new float[2 * feature.sequence().length()];
    int start = feature.sequence().start(1);
    values[2 * 2] = 50;
    values[2 * 3 + 1] = 50;
    values[2 * (start + 4)] = 9;
    values[2 * (start + 1) + 1] = 9;
    List<FeatureOutput> outputs =
        List.of(FeatureOutput.of(feature, new Matrix(values, values.length / 2, 2)));
    List<ScoredSpan> spans = new SpanSearch(PACKING, 100, 2).find(outputs);
    assertEquals(11, spans.size()); // six of one word, five of two
    assertEquals(
        Set.of("one two", "two", "five", "five six"),
        Set.copyOf(spans.subList(0, 4).stream().map(span -> cut(question, span)).toList()));
    assertEquals("one two", cut(question, spans.get(0))); // of equal ones the first
  }

  @Test
  void thresholdDecides() {
    Question question = Samples.question("1", "one two");
    Feature feature = PACKING.pack(question, TestPacker.ofWords(20)).get(0);
    FeatureOutput output = output(feature, 1, 1, 2);
    output.logits().values()[0] = 4;
    output.logits().values()[1] = 3;
    SpanSearch search = new SpanSearch(PACKING, 1, 30);
    Answer none =
        new SpanDecoder(search, true, 2.9).decode(question, ToyOutput.of(List.of(output)));
    assertEquals(Optional.of(""), none.text());
    assertEquals(OptionalDouble.of(3), none.nullOdds());
    assertEquals("two", none.bestText());
    assertEquals(
        List.of("predicted", "start", "end", "probability", "null_odds"),
        List.copyOf(none.fields().keySet()));
    assertEquals(0, none.fields().get("start"));
    assertEquals(0, none.fields().get("end"));
    Answer some = new SpanDecoder(search, true, 3).decode(question, ToyOutput.of(List.of(output)));
    assertEquals(Optional.of("two"), some.text());
    assertEquals(4, some.fields().get("start"));
    Answer always =
        new SpanDecoder(search, false, -99).decode(question, ToyOutput.of(List.of(output)));
    assertEquals(Optional.of("two"), always.text());
    assertEquals(OptionalDouble.empty(), always.nullOdds());
    assertFalse(always.fields().containsKey("null_odds"));
  }

  @Test
  void theScoreOfNoAnswerIsTheLowestOfAllWindows() {
    Question question = Samples.question("1", "one two three four five six seven eight nine ten");
    List<Feature> features = PACKING.pack(question, TestPacker.ofWords(ASKED + 6));
    FeatureOutput first = output(features.get(0), 0, 0, 1);
    FeatureOutput second = output(features.get(1), 5, 5, 1);
    first.logits().values()[0] = 9;
    second.logits().values()[1] = 4;
    Answer answer =
        new SpanDecoder(new SpanSearch(PACKING, 5, 30), true, 0)
            .decode(question, ToyOutput.of(List.of(first, second)));
    assertEquals(OptionalDouble.of(4 - 2), answer.nullOdds());
  }

  @Test
  void anEmptyPassageHasNoAnswer() {
    Question question = Samples.question("1", "");
    Feature feature = PACKING.pack(question, TestPacker.ofWords(20)).get(0);
    FeatureOutput output = FeatureOutput.of(feature, new Matrix(new float[14], 7, 2));
    for (boolean unanswerable : List.of(false, true)) {
      Answer answer =
          new SpanDecoder(new SpanSearch(PACKING, 20, 30), unanswerable, 0)
              .decode(question, ToyOutput.of(List.of(output)));
      assertEquals(Optional.of(""), answer.text());
      assertEquals(List.of(new Candidate("", 0, 0, 1, 0, 0)), answer.candidates());
    }
  }
}
