// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.metric.Metric;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores against scikit-learn and SciPy; see make_score_golden.py. */
class GoldenScoresTest {

  /** Sums of a few hundred numbers, added up in another order. */
  private static final double ROUNDING = 1e-12;

  private static final Location PLACE = new Location("memory", 1);

  @Test
  void ofClasses() throws Exception {
    Labels labels = new Labels(List.of("a", "b", "c", "d", "e"));
    compare(
        "classes",
        (gold, predicted) -> {
          Metric.Scorer<LabelledText, Classification> scorer =
              new ClassificationMetric(labels).scorer();
          for (int i = 0; i < gold.length(); i++) {
            scorer.add(
                new LabelledText(
                    PLACE, Map.of(), "", Optional.empty(), OptionalInt.of(gold.charAt(i) - '0')),
                new Classification(labels, predicted.charAt(i) - '0', List.of()));
          }
          return scorer.scores().values();
        });
  }

  @Test
  void ofSetsOfLabels() throws Exception {
    Labels labels = new Labels(List.of("a", "b", "c", "d"));
    compare(
        "sets",
        (gold, predicted) -> {
          Metric.Scorer<MultiLabelText, MultiLabelPrediction> scorer =
              new MultiLabelMetric(labels, Goal.MICRO_F1).scorer();
          String[] right = gold.split(",");
          String[] found = predicted.split(",");
          for (int i = 0; i < right.length; i++) {
            scorer.add(
                new MultiLabelText(
                    PLACE, Map.of(), "", Optional.empty(), Optional.of(indices(right[i]))),
                new MultiLabelPrediction(labels, indices(found[i]), List.of()));
          }
          return scorer.scores().values();
        });
  }

  @Test
  void ofNumbers() throws Exception {
    compare(
        "numbers",
        (gold, predicted) -> {
          Metric.Scorer<ScoredText, NumbersPrediction> scorer =
              new RegressionMetric(List.of("score"), RegressionGoal.PEARSON).scorer();
          List<Double> right = numbers(gold);
          List<Double> found = numbers(predicted);
          for (int i = 0; i < right.size(); i++) {
            scorer.add(
                new ScoredText(
                    PLACE, Map.of(), "", Optional.empty(), Optional.of(List.of(right.get(i)))),
                new NumbersPrediction(List.of(), List.of(found.get(i))));
          }
          return scorer.scores().values();
        });
  }

  private static List<Integer> indices(String digits) {
    return IntStream.range(0, digits.length())
        .filter(i -> digits.charAt(i) == '1')
        .boxed()
        .toList();
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Double::valueOf).toList();
  }

  private static void compare(String name, BiFunction<String, String, Map<String, Double>> scores)
      throws IOException, URISyntaxException {
    Path file = Path.of(GoldenScoresTest.class.getResource("/golden/" + name + ".tsv").toURI());
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.get(0).split("\t");
    assertTrue(lines.size() > 4);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      Map<String, Double> values = scores.apply(cells[0], cells[1]);
      assertEquals(columns.length - 2, values.size());
      for (int i = 2; i < columns.length; i++) {
        assertEquals(
            Double.parseDouble(cells[i]),
            values.get(columns[i]),
            ROUNDING,
            columns[i] + " of " + line);
      }
    }
  }
}
