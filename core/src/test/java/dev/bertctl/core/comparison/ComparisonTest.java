// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  @TempDir Path folder;

  private Gold gold;

  @BeforeEach
  void eightExamples() throws IOException {
    gold = gold("gold.csv", "yes,yes,yes,yes,no,no,no,no");
  }

  @Test
  void sharesOfRightAnswersAreTestedByMcNemarAndOthersByTheBootstrap() throws IOException {
    // A has the first seven right, B the last two and the first.
    ComparisonReport report =
        compare(
            predictions("a.jsonl", "yes,yes,yes,yes,no,no,no,yes"),
            predictions("b.jsonl", "yes,no,no,no,yes,yes,no,no"));

    ComparisonReport.ComparedValue accuracy = report.values().get("accuracy");
    assertEquals(7.0 / 8, accuracy.a());
    assertEquals(3.0 / 8, accuracy.b());
    assertEquals(-0.5, accuracy.difference(), 1e-12);
    assertEquals(ComparisonReport.Test.MCNEMAR, accuracy.test());
    // Five only A's, one only B's: twice (1 + 6) / 2^6.
    assertEquals(14.0 / 64, accuracy.p(), 1e-12);
    ComparisonReport.ComparedValue f1 = report.values().get("macro_f1");
    assertEquals(ComparisonReport.Test.BOOTSTRAP, f1.test());
    Differences differences = report.differences();
    assertEquals("accuracy", differences.judge());
    assertEquals(
        List.of("gold.csv:3", "gold.csv:4", "gold.csv:5", "gold.csv:6", "gold.csv:7"),
        differences.first().stream().map(this::place).toList());
    assertEquals(List.of("gold.csv:9"), differences.second().stream().map(this::place).toList());
    assertEquals(Map.of("predicted", "yes"), differences.second().get(0).first());
    assertEquals(2, differences.bothRight());
    assertEquals(0, differences.bothWrong());
    assertEquals(
        List.of(
            "task",
            "a",
            "b",
            "gold",
            "examples",
            "primary",
            "resamples",
            "seed",
            "metrics",
            "differences"),
        List.copyOf(report.fields().keySet()));
  }

  /** Macro F1 is no mean over examples: its interval needs every resample scored as a whole. */
  @Test
  void valuesThatAreNoMeansAreScoredAnewForEachResample() throws IOException {
    Path a = predictions("a.jsonl", "yes,yes,yes,no,no,no,no,no");
    Path b = predictions("b.jsonl", "yes,yes,no,no,no,no,no,no");
    ComparisonReport.ComparedValue f1 = compare(a, b).values().get("macro_f1");
    // An example alone has the macro F1 1/2 at most, so that no mean of them could be above that.
    assertEquals((6.0 / 7 + 8.0 / 9) / 2, f1.a(), 1e-12);
    assertEquals(1, f1.aInterval().high(), 1e-12);
  }

  @Test
  void whereAnExampleIsNotRightOrWrongTheBetterPredictionIsTold() throws IOException {
    Task<LabelledText, Classification> byHalves =
        TinyTask.classification(new Labels(List.of("no", "yes")));
    TinyTask plugin =
        new TinyTask(labels -> byHalves.scoredBy(new Halves(), new ClassificationReader(labels)));
    ComparisonReport report =
        compare(
            plugin,
            compared(predictions("a.jsonl", "yes,no,yes,yes,no,no,no,no"), gold),
            compared(predictions("b.jsonl", "yes,yes,yes,yes,no,no,no,yes"), gold));
    assertEquals(ComparisonReport.Test.BOOTSTRAP, report.values().get("error").test());
    // Less is better: B is better on the second example, A on the last.
    assertEquals(
        List.of("gold.csv:9"), report.differences().first().stream().map(this::place).toList());
    assertEquals(
        List.of("gold.csv:3"), report.differences().second().stream().map(this::place).toList());
    assertEquals(6, report.differences().bothRight());
  }

  @Test
  void predictionsForOtherExamplesAreRefused() throws IOException {
    Path a = predictions("a.jsonl", "yes,yes,yes,yes,no,no,no,no");
    Path shifted =
        Files.writeString(
            folder.resolve("b.jsonl"),
            """
            {"first":"text 0","second":"other","label":"yes","predicted":"yes"}
            {"first":"text 7","second":"other","label":"yes","predicted":"yes"}
            """
                + "{\"first\":\"text\",\"predicted\":\"no\"}\n".repeat(6));
    assertEquals(
        shifted
            + ":2: this is no prediction for example 2 at "
            + folder.resolve("gold.csv")
            + ":3: 'first' is 'text 7' here and 'text 1' there; compare predictions for the same examples",
        assertThrows(DataException.class, () -> compare(a, shifted)).getMessage());
  }

  @Test
  void runsOnOtherDataAreRefused() throws IOException {
    Path a = predictions("a.jsonl", "yes,yes,yes,yes,no,no,no,no");
    Gold fewer = gold("fewer.csv", "yes,yes");
    Gold relabelled = gold("relabelled.csv", "yes,yes,no,yes,no,no,no,no");
    assertEquals(
        a
            + " and "
            + a
            + " predicted for different examples: 8 and 2 of them; evaluate both on the same data, and compare the predictions that this writes",
        refused(a, fewer));
    assertEquals(
        "%s and %s predicted for different examples: 'label' of example 3 is 'yes' at %s:4 and 'no' at %s:4; evaluate both on the same data, and compare the predictions that this writes"
            .formatted(a, a, folder.resolve("gold.csv"), folder.resolve("relabelled.csv")),
        refused(a, relabelled));
  }

  private String refused(Path predictions, Gold other) {
    return assertThrows(
            UserException.class,
            () ->
                compare(
                    TinyTask.classifier(),
                    compared(predictions, gold),
                    compared(predictions, other)))
        .getMessage();
  }

  private ComparisonReport compare(Path a, Path b) {
    return compare(TinyTask.classifier(), compared(a, gold), compared(b, gold));
  }

  private static ComparisonReport compare(TinyTask plugin, Compared a, Compared b) {
    return new Comparison(
            AppConfig.of(Map.of("model", "none"), "a test", plugin, List.of()),
            new Resampling(1000, 1),
            notice -> {})
        .of(a, b);
  }

  private static Compared compared(Path predictions, Gold gold) {
    return new Compared(
        predictions.toString(),
        DataFiles.openPredictions(
            predictions, Optional.empty(), Optional.empty(), FileSettings.DEFAULT),
        gold);
  }

  private String place(Differences.Difference difference) {
    return folder.relativize(Path.of(difference.location().file()))
        + ":"
        + difference.location().line();
  }

  private Gold gold(String name, String labels) throws IOException {
    List<String> lines = new ArrayList<>(List.of("first,second,label"));
    for (String label : labels.split(",")) {
      lines.add("text %d,other,%s".formatted(lines.size() - 1, label));
    }
    DataFile file =
        DataFiles.open(
            List.of(Files.write(folder.resolve(name), lines)),
            Optional.empty(),
            Optional.empty(),
            FileSettings.DEFAULT);
    return Gold.of(file);
  }

  private Path predictions(String name, String labels) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String label : labels.split(",")) {
      lines.add("{\"first\":\"text %d\",\"predicted\":\"%s\"}".formatted(lines.size(), label));
    }
    return Files.write(folder.resolve(name), lines);
  }

  /** The mean error, half for each wrong answer. */
  private record Halves() implements Metric<LabelledText, Classification> {

    @Override
    public String primary() {
      return "error";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public Scorer<LabelledText, Classification> scorer() {
      double[] sums = new double[2];
      return new Scorer<>() {
        @Override
        public void add(LabelledText example, Classification prediction) {
          sums[0] += example.label().orElseThrow() == prediction.label() ? 0 : 0.5;
          sums[1]++;
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("error", sums[0] / sums[1]));
        }
      };
    }
  }
}
