// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.metric.Detail;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SeedsResultTest {

  /** Of ten examples seven are {@code no}: who always says so is right on 0.7 of them. */
  private static final SeedsResult FOUND =
      new SeedsResult(
          List.of(
              run(1, 0.8, List.of(List.of(2L, 1L), List.of(1L, 6L))),
              run(2, 0.7, List.of(List.of(0L, 3L), List.of(0L, 7L))),
              run(3, 0.9, List.of(List.of(2L, 1L), List.of(0L, 7L)))));

  @Test
  void aConstantPredictionIsACollapse() {
    assertEquals(List.of(1L, 3L), FOUND.sound().stream().map(SeedsResult.Run::seed).toList());
    assertEquals(OptionalDouble.of(0.7), FOUND.majorityShare());
  }

  @Test
  void aConstantPredictionOfTheOnlyLabelIsNone() {
    assertEquals(false, run(1, 1.0, List.of(List.of(0L, 0L), List.of(0L, 10L))).collapsed());
  }

  @Test
  void metricsAreSummedUpWithTheSampleStandardDeviation() {
    Spread all = SeedsResult.spreads(FOUND.runs(), SeedsResult::validation).get("accuracy");
    assertEquals(0.8, all.mean(), 1e-12);
    assertEquals(0.1, all.std(), 1e-12);
    assertEquals(0.8, all.median(), 1e-12);
    assertEquals(0.7, all.min(), 1e-12);
    assertEquals(0.9, all.max(), 1e-12);
    Spread sound = SeedsResult.spreads(FOUND.sound(), SeedsResult::validation).get("accuracy");
    assertEquals(0.85, sound.mean(), 1e-12);
    assertEquals(Math.sqrt(0.005), sound.std(), 1e-12);
    assertEquals(0.85, sound.median(), 1e-12);
    assertEquals(Map.of(), SeedsResult.spreads(FOUND.runs(), SeedsResult::test));
  }

  @Test
  void theSummaryTellsThemApart() {
    var fields = TinyRun.tree(FOUND.fields());
    assertEquals(1, fields.path("collapsed").asInt());
    assertEquals(0.7, fields.path("majority_share").asDouble());
    assertEquals(true, fields.path("seeds").path(1).path("collapsed").asBoolean());
    assertEquals(0.85, fields.at("/without_collapsed/validation/accuracy/mean").asDouble(), 1e-12);
    assertEquals(0.8, fields.at("/all/validation/accuracy/mean").asDouble(), 1e-12);
  }

  private static SeedsResult.Run run(long seed, double accuracy, List<List<Long>> counts) {
    EvaluationResult best =
        new EvaluationResult(
            10,
            0.5,
            Map.of("loss", 0.5),
            Map.of("accuracy", accuracy),
            List.of(new Detail.Confusion(List.of("yes", "no"), counts)),
            Map.of());
    return new SeedsResult.Run(
        seed,
        Path.of("runs/nli-seeds/seed-" + seed),
        new RunResult(
            "nli",
            "minilm-l6",
            "accuracy",
            4,
            1,
            List.of(new EvaluatedStep(4, 1, best)),
            Optional.empty(),
            List.of()));
  }
}
