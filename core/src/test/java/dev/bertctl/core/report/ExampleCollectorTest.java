// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Decision;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleCollectorTest {

  private static final Labels TWO = new Labels(List.of("no", "yes"));
  private static final Labels THREE = new Labels(List.of("a", "b", "c"));

  private int line = 1;

  private LabelledText example(int gold) {
    line++;
    return new LabelledText(
        new Location("dev.csv", line),
        Map.of("review", "text " + line),
        "text " + line,
        Optional.empty(),
        OptionalInt.of(gold));
  }

  /** Probability of "yes". */
  private static Classification two(double yes) {
    return new Classification(TWO, yes >= 0.5 ? 1 : 0, List.of(1 - yes, yes));
  }

  private static Classification three(int label, double probability) {
    return new Classification(
        THREE,
        label,
        IntStream.range(0, 3)
            .mapToObj(i -> i == label ? probability : (1 - probability) / 2)
            .toList());
  }

  private static ExampleCollector<LabelledText, Classification> collector(Labels labels) {
    return new ExampleCollector<>(TinyTask.classification(labels));
  }

  private static JsonNode facts(ExampleCollector<?, ?> collector) {
    return new ObjectMapper().valueToTree(collector.facts());
  }

  private static List<String> places(JsonNode facts, String list) {
    return facts
        .get(list)
        .valueStream()
        .map(place -> facts.get("examples").get(place.asInt()).get("place").asText())
        .toList();
  }

  @Test
  void worstAreTheSurestErrorsAndLeastSureAreTheLowestProbabilities() {
    var collector = collector(THREE);
    collector.accept(example(0), three(0, 0.9)); // line 2: right
    collector.accept(example(0), three(1, 0.6)); // line 3: wrong
    collector.accept(example(1), three(2, 0.8)); // line 4: wrong, and surer
    collector.accept(example(2), three(2, 0.4)); // line 5: right, and the least sure
    JsonNode facts = facts(collector);

    assertEquals("accuracy", facts.get("judged_by").asText());
    assertTrue(facts.get("right_or_wrong").asBoolean());
    assertEquals(List.of("dev.csv:4", "dev.csv:3"), places(facts, "worst"));
    assertEquals(
        List.of("dev.csv:5", "dev.csv:3", "dev.csv:4", "dev.csv:2"), places(facts, "least_sure"));
    JsonNode worst = facts.get("examples").get(0);
    assertEquals("wrong", worst.get("verdict").asText());
    assertEquals("b", worst.get("gold").asText());
    assertEquals("c", worst.get("predicted").asText());
    assertEquals(0.8, worst.get("confidence").asDouble());
    assertEquals("review", worst.at("/passages/0/name").asText());
    assertEquals("text 4", worst.at("/passages/0/parts/0/text").asText());
    assertFalse(facts.has("thresholds"), "of three labels the likeliest is predicted");
  }

  @Test
  void ofManyExamplesOnlyThoseAreKeptThatAreShown() {
    var collector = collector(THREE);
    for (int i = 0; i < 1000; i++) {
      collector.accept(example(i % 3), three((i + i % 2) % 3, 0.4 + i / 2000.));
    }
    JsonNode facts = facts(collector);
    assertEquals(20, facts.get("worst").size());
    assertEquals("dev.csv:1001", places(facts, "worst").get(0));
    assertEquals("dev.csv:963", places(facts, "worst").get(19));
    assertEquals("dev.csv:2", places(facts, "least_sure").get(0));
    // Two lists, and ten of each of six cells, some of them in several of these.
    assertTrue(facts.get("examples").size() <= 100, facts.get("examples")::toString);
  }

  @Test
  void cellsHaveTheirSurestExamples() {
    var collector = collector(THREE);
    for (int i = 0; i < 12; i++) {
      collector.accept(example(0), three(1, 0.5 + i / 100.));
    }
    collector.accept(example(2), three(2, 0.7));
    JsonNode cells = facts(collector).get("cells");
    // Errors first.
    assertEquals(List.of("a", "c"), cells.propertyStream().map(Map.Entry::getKey).toList());
    assertEquals(10, cells.at("/a/b").size());
    assertEquals(1, cells.at("/c/c").size());
  }

  @Test
  void ofManyLabelsOnlyTheMostFrequentErrorsHaveSome() {
    Labels many = new Labels(IntStream.range(0, 50).mapToObj(i -> "label " + i).toList());
    var collector = collector(many);
    for (int i = 0; i < 2500; i++) {
      collector.accept(example(i / 50), new Classification(many, i % 50, List.of()));
    }
    for (int i = 0; i < 3; i++) {
      collector.accept(example(7), new Classification(many, 8, List.of()));
    }
    JsonNode facts = facts(collector);
    // 20 errors, and one of each of 300 cells of 2500.
    assertTrue(facts.get("examples").size() <= 320, () -> "" + facts.get("examples").size());
    assertEquals(1, facts.get("cells").get("label 7").get("label 8").size());
    assertEquals("label 7", facts.get("cells").propertyStream().findFirst().get().getKey());
  }

  /** Four predictions: 0.75 right and wrong, 0.95 right, 0.55 wrong. */
  @Test
  void calibrationAndThresholdsAreAsCountedByHand() {
    var collector = collector(TWO);
    collector.accept(example(1), two(0.75));
    collector.accept(example(0), two(0.75));
    collector.accept(example(0), two(0.05));
    collector.accept(example(1), two(0.45));
    JsonNode facts = facts(collector);

    JsonNode bins = facts.get("calibration");
    assertEquals(3, bins.size());
    assertBin(bins.get(0), 0.5, 1, 0.55, 0);
    assertBin(bins.get(1), 0.7, 2, 0.75, 0.5);
    assertBin(bins.get(2), 0.9, 1, 0.95, 1);

    JsonNode curve = facts.get("thresholds");
    assertEquals(101, curve.size());
    assertPoint(curve.get(0), 0.5, 1, 2 / 3.);
    assertPoint(curve.get(45), 2 / 3., 1, 0.8);
    assertPoint(curve.get(46), 0.5, 0.5, 0.5);
    assertPoint(curve.get(75), 0.5, 0.5, 0.5);
    // Nothing is predicted from here on.
    assertFalse(curve.get(76).has("precision"));
    assertEquals(0, curve.get(76).get("recall").asDouble());
  }

  private static void assertBin(
      JsonNode bin, double from, int count, double confidence, double accuracy) {
    assertEquals(from, bin.get("from").asDouble(), 1e-12);
    assertEquals(count, bin.get("count").asInt());
    assertEquals(confidence, bin.get("confidence").asDouble(), 1e-12);
    assertEquals(accuracy, bin.get("accuracy").asDouble(), 1e-12);
  }

  private static void assertPoint(JsonNode point, double precision, double recall, double f1) {
    assertEquals(precision, point.get("precision").asDouble(), 1e-12, point::toString);
    assertEquals(recall, point.get("recall").asDouble(), 1e-12, point::toString);
    assertEquals(f1, point.get("f1").asDouble(), 1e-12, point::toString);
  }

  @Test
  void theIntervalIsTheOneThatAComparisonHas() {
    var collector = collector(THREE);
    for (int i = 0; i < 40; i++) {
      collector.accept(example(i % 3), three(i % 4 == 0 ? (i + 1) % 3 : i % 3, 0.6));
    }
    JsonNode interval = facts(collector).get("interval");
    // 30 of 40 are right: numpy's bootstrap of a thousand draws gives about 0.625 to 0.875.
    assertEquals(0.625, interval.get("low").asDouble(), 0.03);
    assertEquals(0.875, interval.get("high").asDouble(), 0.03);
    assertEquals(1000, interval.get("resamples").asInt());
  }

  /** F1 of whole documents: no mean, and 0 where there rightly is nothing. */
  @Test
  void withoutAValueThatSaysWhatIsRightTheLetterDoes() {
    Task<LabelledText, Classification> task =
        TinyTask.classification(TWO)
            .scoredBy(new PositiveF1(), (file, examples, skipped) -> List.of());
    var collector = new ExampleCollector<>(task);
    collector.accept(example(0), two(0.1)); // line 2: right, F1 0
    collector.accept(example(1), two(0.9)); // line 3: right, F1 1
    collector.accept(example(1), two(0.3)); // line 4: wrong, F1 0
    collector.accept(example(0), two(0.8)); // line 5: wrong, F1 0, and surer
    JsonNode facts = facts(collector);
    assertEquals("f1", facts.get("judged_by").asText());
    assertFalse(facts.get("right_or_wrong").asBoolean());
    assertEquals(List.of("dev.csv:5", "dev.csv:4"), places(facts, "worst"));
    assertEquals("wrong", facts.get("examples").get(0).get("verdict").asText());
    assertEquals(0, facts.get("examples").get(0).get("score").asDouble());
    assertFalse(facts.has("calibration"));
  }

  /** As of a language model: a perplexity of the losses, and a share of tokens. */
  @Test
  void aPrimaryValueThatIsNotDefinedAloneLeavesTheJudgementToAnother() {
    Metric<LabelledText, Classification> perplexity =
        new Metric<>() {
          @Override
          public String primary() {
            return "perplexity";
          }

          @Override
          public Scorer<LabelledText, Classification> scorer() {
            PositiveF1 share = new PositiveF1();
            Scorer<LabelledText, Classification> scorer = share.scorer();
            return new Scorer<>() {
              @Override
              public void add(LabelledText example, Classification prediction) {
                scorer.add(example, prediction);
              }

              @Override
              public Scores scores() {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("perplexity", Double.NaN);
                values.putAll(scorer.scores().values());
                return Scores.of(values);
              }
            };
          }
        };
    var collector =
        new ExampleCollector<>(
            TinyTask.classification(TWO)
                .scoredBy(perplexity, (file, examples, skipped) -> List.of()));
    collector.accept(example(1), two(0.9));
    collector.accept(example(1), two(0.2));
    collector.accept(example(0), two(0.7));
    JsonNode facts = facts(collector);
    assertEquals("f1", facts.get("judged_by").asText());
    assertEquals(List.of("dev.csv:3", "dev.csv:4"), places(facts, "worst"));
    assertFalse(facts.has("interval"));
  }

  @Test
  void severalLabelsHaveAThresholdCurveAndNoCalibration() {
    Task<LabelledText, Classification> task =
        TinyTask.classification(TWO)
            .viewedBy(
                (example, prediction) ->
                    ExampleView.of(
                            List.of(Passage.of("text", example.first())),
                            Optional.of("no"),
                            TWO.name(prediction.label()))
                        .sure(0.5)
                        .deciding(List.of(new Decision(0.75, true), new Decision(0.25, false))));
    var collector = new ExampleCollector<>(task);
    collector.accept(example(0), two(0.1));
    JsonNode facts = facts(collector);
    assertFalse(facts.has("calibration"));
    assertPoint(facts.get("thresholds").get(25), 0.5, 1, 2 / 3.);
    assertPoint(facts.get("thresholds").get(26), 1, 1, 1);
  }

  @Test
  void aMetricThatScoresNoExampleAloneIsNoReasonToEndARun() {
    Metric<LabelledText, Classification> ofMany =
        new Metric<>() {
          @Override
          public String primary() {
            return "spread";
          }

          @Override
          public Scorer<LabelledText, Classification> scorer() {
            return new Scorer<>() {
              @Override
              public void add(LabelledText example, Classification prediction) {}

              @Override
              public Scores scores() {
                throw new IllegalStateException("one is not enough");
              }
            };
          }
        };
    var collector =
        new ExampleCollector<>(
            TinyTask.classification(TWO).scoredBy(ofMany, (file, examples, skipped) -> List.of()));
    collector.accept(example(0), two(0.4));
    collector.accept(example(1), two(0.3));
    JsonNode facts = facts(collector);
    assertEquals(
        "java.lang.IllegalStateException: one is not enough", facts.get("unjudged").asText());
    assertEquals(0, facts.get("worst").size());
    assertEquals(List.of("dev.csv:2", "dev.csv:3"), places(facts, "least_sure"));
    assertFalse(facts.has("interval"));
  }

  @Test
  void aTaskWithoutAViewShowsColumnsAndPrediction() {
    ExampleView view =
        DefaultView.of(
                Task.<Plain, dev.bertctl.spi.decode.Prediction>of(
                    null, null, TinyTask.classification(TWO).head(), null))
            .view(
                new Plain(new Location("x", 1), Map.of("id", 7)),
                () -> Map.of("predicted", "up", "probabilities", Map.of("up", 0.75, "down", 0.25)));
    assertEquals(List.of(Passage.of("id", "7")), view.passages());
    assertEquals(Optional.empty(), view.gold());
    assertEquals("up", view.predicted());
    assertEquals(0.75, view.confidence().orElseThrow());
  }

  private record Plain(Location location, Map<String, Object> columns)
      implements dev.bertctl.spi.data.Example {}

  private record PositiveF1() implements Metric<LabelledText, Classification> {

    @Override
    public String primary() {
      return "f1";
    }

    @Override
    public Scorer<LabelledText, Classification> scorer() {
      return new Scorer<>() {
        private int hits;
        private int all;

        @Override
        public void add(LabelledText example, Classification prediction) {
          hits += example.label().getAsInt() * prediction.label();
          all += example.label().getAsInt() + prediction.label();
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("f1", all == 0 ? 0 : 2. * hits / all));
        }
      };
    }
  }
}
