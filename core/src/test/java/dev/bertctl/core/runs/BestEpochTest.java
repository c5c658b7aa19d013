// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which epoch is saved, told by runs whose metric says what the test wants. */
class BestEpochTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run = new TinyRun(folder, 0).pairs("train", 8, 1).pairs("validation", 8, 2);
  }

  @Test
  void epochWithTheHighestPrimaryMetricIsSaved() throws IOException {
    byte[] first = weightsAfter(true, 0.9, 0.1, 0.5);
    byte[] second = weightsAfter(true, 0.1, 0.9, 0.5);
    assertEpoch(2, 0.9);
    // The model of the second epoch makes other predictions than that of the last.
    final String predictions = Files.readString(run.file("predictions.jsonl"));
    final byte[] last = weightsAfter(true, 0.1, 0.5, 0.9);
    assertEpoch(3, 0.9);
    assertDifferent(predictions.getBytes(), Files.readAllBytes(run.file("predictions.jsonl")));
    assertDifferent(first, second);
    assertDifferent(second, last);
    assertDifferent(first, last);
  }

  @Test
  void ofEqualEpochsTheOneWithTheLowestLossIsSaved() throws IOException {
    weightsAfter(true, 0.9, 0.9, 0.9);
    JsonNode metrics = run.json("metrics.json");
    List<Double> losses =
        metrics
            .get("evaluations")
            .valueStream()
            .map(epoch -> epoch.get("loss").asDouble())
            .toList();
    assertEquals(3, losses.stream().distinct().count(), losses::toString);
    assertEpoch(losses.indexOf(Collections.min(losses)) + 1, 0.9);
  }

  @Test
  void anEpochWhoseScoreIsNoNumberIsTheWorst() throws IOException {
    weightsAfter(true, Double.NaN, -0.5, -0.7);
    assertEpoch(2, -0.5);
    assertEquals(
        "[null,-0.5,-0.7]",
        run.json("report.json").at("/curves/validation/series/score").toString());
    weightsAfter(false, Double.NaN, 0.5, Double.NaN);
    assertEpoch(2, 0.5);
  }

  @Test
  void lowestIsBestWhereTheMetricSaysSo() throws IOException {
    final byte[] expected = weightsAfter(true, 0.1, 0.9, 0.5);
    assertArrayEquals(expected, weightsAfter(false, 0.9, 0.1, 0.5));
    assertEpoch(2, 0.1);
  }

  @Test
  void savedEpochIsTheOneThatIsTested() throws IOException {
    run.task(TinyTask.classifier()).pairs("test", 8, 2).set("train.learning-rate", 5e-3).run();
    JsonNode metrics = run.json("metrics.json");
    // Validation and test have the same rows here.
    assertEquals(metrics.get("loss"), metrics.get("test").get("loss"));
    assertEquals(
        metrics.get("evaluations").get(metrics.get("best_epoch").asInt() - 1).get("loss"),
        metrics.get("loss"));
  }

  @Test
  void withoutValidationTheLastEpochIsSaved() throws IOException {
    final byte[] last = weightsAfter(true, 0.1, 0.5, 0.9);
    TinyRun without =
        new TinyRun(folder, 0).pairs("train", 8, 1).set("output", folder.resolve("without"));
    // Those of an earlier run, which had a validation split, would belong to another model.
    Files.createDirectories(without.results());
    Files.writeString(without.file("predictions.jsonl"), "{}");
    without.run();
    assertArrayEquals(last, Files.readAllBytes(without.weights()));
    JsonNode metrics = without.json("metrics.json");
    assertEquals(3, metrics.get("best_epoch").asInt());
    assertFalse(metrics.has("metrics"));
    assertFalse(Files.exists(without.file("predictions.jsonl")));
  }

  private byte[] weightsAfter(boolean higherIsBetter, Double... scores) throws IOException {
    run.task(scripted(higherIsBetter, new ArrayDeque<>(List.of(scores)))).run();
    return Files.readAllBytes(run.weights());
  }

  private void assertEpoch(int epoch, double score) {
    JsonNode metrics = run.json("metrics.json");
    assertEquals(epoch, metrics.get("best_epoch").asInt());
    assertEquals("score", metrics.get("primary").asText());
    assertEquals(score, metrics.get("metrics").get("score").asDouble());
    assertEquals("validation", metrics.get("split").asText());
  }

  private static void assertDifferent(byte[] a, byte[] b) {
    assertFalse(java.util.Arrays.equals(a, b));
  }

  /** Pair classification with a metric that gives these values, one an evaluation. */
  static TinyTask scripted(boolean higherIsBetter, Deque<Double> values) {
    return new TinyTask(
        labels -> {
          Task<LabelledText, Classification> stock = TinyTask.classification(labels);
          return stock.scoredBy(
              new Script(higherIsBetter, values), stock.scoring().orElseThrow().predictions());
        });
  }

  private record Script(boolean higherIsBetter, Deque<Double> values)
      implements Metric<LabelledText, Classification> {

    @Override
    public String primary() {
      return "score";
    }

    @Override
    public Scorer<LabelledText, Classification> scorer() {
      return new Scorer<>() {
        private double value = Double.NaN;

        @Override
        public void add(LabelledText example, Classification prediction) {}

        /** Called for evaluations of a model alone. */
        @Override
        public void losses(Map<String, Double> means) {
          value = values.remove();
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("score", value));
        }
      };
    }
  }
}
