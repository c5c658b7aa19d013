// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.core.runs.SeedsResult;
import dev.bertctl.spi.metric.Detail;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedsViewTest {

  @Test
  void collapsedSeedsStandOutAndAreLeftOutOfASecondMean() {
    StringWriter text = new StringWriter();
    SeedsView.print(
        new SeedsResult(
            List.of(
                run(42, 0.8, List.of(List.of(2L, 1L), List.of(1L, 6L))),
                run(43, 0.7, List.of(List.of(0L, 3L), List.of(0L, 7L))),
                run(44, 0.9, List.of(List.of(2L, 1L), List.of(0L, 7L))))),
        Path.of("runs/nli-seeds"),
        new PrintWriter(text, true));
    assertEquals(
        """
        VALIDATION         ACCURACY
        seed 42            0.8000
        seed 43            0.7000           collapsed
        seed 44            0.9000
        mean ± std         0.8000 ± 0.1000
        without collapsed  0.8500 ± 0.0707

        majority share of validation: 0.7000, the accuracy of always saying its most frequent label
        collapsed: 1 of 3, which say the same label to every validation example
        saved in runs/nli-seeds
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
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
