// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegressionPluginTest {

  private final Reading reading = new Reading();

  @Test
  void oneNumber() {
    assertEquals(
        List.of(List.of(4.5), List.of(-2.0)),
        numbers(
            task(),
            List.of(
                row("text", "x", "score", "4.5"),
                row("text", "x", "score", -2),
                row("text", "x", "score", ""),
                row("text", " ", "score", 1))));
    assertEquals(List.of("memory:3 no gold number", "memory:4 empty text"), reading.skipped);
    assertEquals(List.of(List.of(3.0)), numbers(task(), List.of(row("review", "x", "stars", "3"))));
  }

  @Test
  void severalNumbers() {
    Task<?, ?> task = task("targets", "valence,arousal");
    assertEquals(
        List.of(List.of(4.5, 1.0)),
        numbers(
            task,
            List.of(
                row("text", "x", "arousal", 1, "valence", "4.5"),
                row("text", "x", "arousal", 1, "valence", null))));
    assertEquals(List.of("valence", "arousal"), task.head().labels());
    assertEquals(List.of(), task.files());
  }

  @Test
  void whatIsNoNumber() {
    assertEquals("memory:1: 'good' in 'score' is no number; correct the row", wrong("good"));
    assertEquals(
        "memory:1: '4,5' in 'score' is no number (decimals stand behind a point); correct the row",
        wrong("4,5"));
    assertEquals("memory:1: 'NaN' in 'score' is no number; correct the row", wrong("NaN"));
    assertEquals("memory:1: '1e39' in 'score' is no number; correct the row", wrong("1e39"));
    OptionException twice = assertThrows(OptionException.class, () -> task("targets", "a,a"));
    assertEquals("targets", twice.option());
    assertEquals("names a column twice: [a, a]", twice.getMessage());
  }

  /** The worked numbers of {@link NumberPairs}. */
  @Test
  void workedNumbers() {
    Map<String, Double> values = scores(pair(1, 1), pair(2, 3), pair(3, 2), pair(4, 4));
    assertEquals(0.8, values.get("pearson"), 1e-15);
    assertEquals(0.8, values.get("spearman"), 1e-15);
    assertEquals(0.5, values.get("mae"));
    assertEquals(Math.sqrt(0.5), values.get("rmse"), 1e-15);
    assertEquals(0.6, values.get("r2"), 1e-15);
  }

  /** A constant, such as 0.1, whose mean is not exactly itself. */
  @Test
  void ofConstantsThereIsNoCorrelation() {
    Map<String, Double> predicted = scores(pair(1, 0.1), pair(2, 0.1), pair(4, 0.1));
    assertEquals(Double.NaN, predicted.get("pearson"));
    assertEquals(Double.NaN, predicted.get("spearman"));
    assertEquals((0.9 + 1.9 + 3.9) / 3, predicted.get("mae"), 1e-15);
    assertEquals(Double.NaN, scores(pair(0.1, 1), pair(0.1, 2)).get("r2"));
    assertEquals(Double.NaN, scores().get("mae"));
  }

  @Test
  void meansOfSeveralNumbersAndATableOfEach() {
    Metric.Scorer<ScoredText, NumbersPrediction> scorer =
        new RegressionMetric(List.of("a", "b"), RegressionGoal.MAE).scorer();
    scorer.add(text(List.of(1.0, 1.0)), prediction(List.of(1.5, 3.0)));
    scorer.add(text(List.of(2.0, 1.0)), prediction(List.of(2.5, 3.0)));
    Scores scores = scorer.scores();
    assertEquals(1.25, scores.values().get("mae"));
    assertEquals(Double.NaN, scores.values().get("pearson"));
    Detail.Table table = (Detail.Table) scores.detail("per_target").orElseThrow();
    assertEquals(Map.of("mae", 2.0, "rmse", 2.0), table.rows().get("b"));
    assertEquals(0.5, table.rows().get("a").get("mae"));
    assertEquals(1.0, table.rows().get("a").get("pearson").doubleValue(), 1e-15);
  }

  @Test
  void whichWayIsUp() {
    RegressionMetric metric = new RegressionMetric(List.of("a"), RegressionGoal.RMSE);
    assertEquals(false, metric.higherIsBetter());
    assertEquals(true, metric.higherIsBetter("r2"));
    assertEquals(false, metric.higherIsBetter("mae"));
  }

  @Test
  void predictionsOfATableHaveAColumnForEachNumber() {
    MemoryFile table = MemoryFile.rows(List.of(row("predicted.a", "1.5", "predicted.b", "-2")));
    assertEquals(
        List.of(1.5, -2.0),
        NumbersPrediction.read(table.rows().findFirst().orElseThrow(), List.of("a", "b"))
            .numbers());
  }

  private record Pair(double gold, double predicted) {}

  private static Pair pair(double gold, double predicted) {
    return new Pair(gold, predicted);
  }

  private static Map<String, Double> scores(Pair... pairs) {
    Metric.Scorer<ScoredText, NumbersPrediction> scorer =
        new RegressionMetric(List.of("score"), RegressionGoal.PEARSON).scorer();
    for (Pair pair : pairs) {
      scorer.add(text(List.of(pair.gold())), prediction(List.of(pair.predicted())));
    }
    return scorer.scores().values();
  }

  private static ScoredText text(List<Double> gold) {
    return new ScoredText(
        new Location("memory", 1), Map.of(), "x", Optional.empty(), Optional.of(gold));
  }

  private static NumbersPrediction prediction(List<Double> numbers) {
    return new NumbersPrediction(List.of(), numbers);
  }

  private String wrong(String score) {
    return assertThrows(
            DataException.class, () -> numbers(task(), List.of(row("text", "x", "score", score))))
        .getMessage();
  }

  private List<List<Double>> numbers(Task<?, ?> task, List<Map<String, Object>> rows) {
    return reading.read(task, MemoryFile.rows(rows), Purpose.EVALUATION).stream()
        .map(example -> ((ScoredText) example).numbers().orElseThrow())
        .toList();
  }

  private static Task<?, ?> task(String... options) {
    return new RegressionPlugin().create(Options.of(RegressionOptions.class, options));
  }
}
