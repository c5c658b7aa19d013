// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.metric.BinaryMetric.Goal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BinaryMetricTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  /** scikit-learn computes the Matthews correlation in another order: its last bits may differ. */
  private static final double ROUNDING = 4 * Math.ulp(1.);

  @Test
  void theGoalIsPrimary() {
    assertEquals("accuracy", new BinaryMetric(LABELS, Goal.ACCURACY).primary());
    assertEquals("f1", new BinaryMetric(LABELS, Goal.F1).primary());
    BinaryCounts counts = new BinaryCounts(2, 0, 1, 1);
    assertEquals(counts.accuracy(), Goal.ACCURACY.of(counts));
    assertEquals(counts.f1(), Goal.F1.of(counts));
  }

  /** The worked number of {@link BinaryMetric}. */
  @Test
  void threeOfFourRight() {
    Scores scores = scores("0111", "0011");
    assertEquals(
        List.of("accuracy", "f1", "precision", "recall", "matthews_correlation"),
        List.copyOf(scores.values().keySet()));
    assertEquals(0.75, scores.values().get("accuracy"));
    assertEquals(0.8, scores.values().get("f1"));
    assertEquals(1, scores.values().get("precision"));
    assertEquals(2 / 3., scores.values().get("recall"));
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
    Path golden = Path.of(BinaryMetricTest.class.getResource("/golden/binary.tsv").toURI());
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
            () -> new BinaryMetric(new Labels(List.of("a", "b", "c")), Goal.F1));
    assertEquals("labels", failure.option());
    assertEquals(
        "needs two labels, the second being the positive one; has [a, b, c]", failure.getMessage());
  }

  private static Scores scores(String gold, String predicted) {
    Metric.Scorer<LabelledText, Classification> scorer = new BinaryMetric(LABELS, Goal.F1).scorer();
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
