// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BinaryScoresTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  /** scikit-learn computes the Matthews correlation in another order: its last bits may differ. */
  private static final double ROUNDING = 4 * Math.ulp(1.);

  @Test
  void theGoalIsPrimary() {
    BinaryCounts counts = new BinaryCounts(2, 0, 1, 1);
    Map<String, Double> values = scores("0111", "0011").values();
    for (ClassificationGoal goal : ClassificationGoal.values()) {
      String primary = new ClassificationMetric(LABELS, goal).primary();
      assertEquals(values.get(primary), goal.of(counts), primary);
    }
  }

  /** The worked number of {@link ClassificationMetric}. */
  @Test
  void threeOfFourRight() {
    Scores scores = scores("0111", "0011");
    assertEquals(
        List.of(
            "accuracy",
            "f1",
            "precision",
            "recall",
            "matthews_correlation",
            "macro_f1",
            "weighted_f1"),
        List.copyOf(scores.values().keySet()));
    assertEquals(0.75, scores.values().get("accuracy"));
    assertEquals(0.8, scores.values().get("f1"));
    assertEquals(1, scores.values().get("precision"));
    assertEquals(2 / 3., scores.values().get("recall"));
    assertEquals((0.8 + 2 / 3.) / 2, scores.values().get("macro_f1"), 1e-15);
    assertEquals((3 * 0.8 + 2 / 3.) / 4, scores.values().get("weighted_f1"), 1e-15);
    assertEquals(0.5774, scores.values().get("matthews_correlation"), 0.00005);
    assertEquals(
        List.of(
            new Detail.Table(
                "per_class",
                Map.of(
                    "no", Map.of("precision", 0.5, "recall", 1., "f1", 2 / 3., "support", 1L),
                    "yes", Map.of("precision", 1., "recall", 2 / 3., "f1", 0.8, "support", 3L))),
            new Detail.Confusion(List.of("no", "yes"), List.of(List.of(1L, 0L), List.of(1L, 2L)))),
        scores.details());
  }

  /** See make_binary_golden.py. */
  @Test
  void scoresAreThoseOfScikitLearn() throws IOException, URISyntaxException {
    Path golden = Path.of(BinaryScoresTest.class.getResource("/golden/binary.tsv").toURI());
    List<String> lines = Files.readAllLines(golden);
    List<String> columns = List.of(lines.get(0).split("\t"));
    assertEquals(15, lines.size());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      Map<String, Double> values = scores(cells[0], cells[1]).values();
      for (int i = 2; i < cells.length; i++) {
        assertEquals(
            Double.parseDouble(cells[i]),
            values.get(columns.get(i)),
            ROUNDING,
            columns.get(i) + " of " + line);
      }
    }
  }

  @Test
  void twoLabels() {
    OptionException failure =
        assertThrows(
            OptionException.class,
            () ->
                new ClassificationMetric(
                    new Labels(List.of("a", "b", "c")), ClassificationGoal.MATTHEWS_CORRELATION));
    assertEquals("goal", failure.option());
    assertEquals(
        "matthews-correlation is of two labels, and there are 3; take accuracy, macro-f1 or weighted-f1",
        failure.getMessage());
  }

  private static Scores scores(String gold, String predicted) {
    Metric.Scorer<LabelledText, Classification> scorer = new ClassificationMetric(LABELS).scorer();
    for (int i = 0; i < gold.length(); i++) {
      LabelledText example =
          new LabelledText(
              new Location("dev.tsv", i + 2),
              Map.of(),
              "",
              Optional.empty(),
              OptionalInt.of(gold.charAt(i) - '0'));
      scorer.add(example, new Classification(LABELS, predicted.charAt(i) - '0', List.of()));
    }
    return scorer.scores();
  }
}
