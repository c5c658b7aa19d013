// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Scores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResultViewTest {

  private static final EvaluationResult TEST =
      new EvaluationResult(
          4, 0.5, Map.of("loss", 0.5), Map.of("accuracy", 0.75), List.of(), Map.of());

  @Test
  void aRunShowsBothSplitsAndTheBestEpoch() {
    EvaluationResult best =
        new EvaluationResult(
            6,
            0.25,
            Map.of("loss", 0.25),
            Map.of("accuracy", 1.0),
            List.of(
                new Detail.Confusion(
                    List.of("yes", "no"), List.of(List.of(2L, 0L), List.of(1L, 3L)))),
            Map.of());

    assertEquals(
        """
        METRIC    VALIDATION
        loss      0.2500
        accuracy  1.0000

        GOLD \\ PREDICTED  yes  no
        yes               2    0
        no                1    3

        always saying 'no' would have the accuracy 0.6667

        METRIC    TEST
        loss      0.5000
        accuracy  0.7500

        best: epoch 2, saved in runs/nli
        """,
        printed(run(List.of(TEST, best), 2, Optional.of(TEST))));
  }

  @Test
  void withoutValidationDataNoEpochIsCalledTheBest() {
    assertEquals(
        """
        METRIC    TEST
        loss      0.5000
        accuracy  0.7500

        epoch 3, the last (no validation data to choose by), saved in runs/nli
        """,
        printed(run(List.of(), 3, Optional.of(TEST))));
    assertEquals(
        "epoch 3, the last (no validation data to choose by), saved in runs/nli\n",
        printed(run(List.of(), 3, Optional.empty())));
  }

  @Test
  void severalLossesAreNamed() {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("masked_lm", 2.0);
    losses.put("next_sentence", 0.5);

    assertEquals(
        """
        METRIC              VALUE
        loss                2.5000
        masked_lm loss      2.0000
        next_sentence loss  0.5000
        perplexity          7.3891
        """,
        text(
            out ->
                ResultView.print(
                    new EvaluationResult(
                        2, 2.5, losses, Map.of("perplexity", Math.exp(2)), List.of(), Map.of()),
                    out)));
  }

  @Test
  void scoresHaveNoLossAndWhatExplainsThem() {
    Map<String, Map<String, Number>> lengths = new LinkedHashMap<>();
    lengths.put("short", Map.of("exact_match", 0.5));
    lengths.put("long", Map.of());

    assertEquals(
        """
        METRIC  VALUE
        f1      0.6667
        tokens  1234

        CLASS  PRECISION  RECALL  F1      SUPPORT
        yes    0.5000     1.0000  0.6667  7

        LENGTH  EXACT MATCH
        short   0.5000
        long
        """,
        text(
            out ->
                ResultView.print(
                    new Scores(
                        Map.of("f1", 2.0 / 3),
                        List.of(
                            Detail.Table.perClass(Map.of("yes", new BinaryCounts(7, 7, 0, 0))),
                            new Detail.Value("tokens", 1234),
                            new Detail.Table("by_length", lengths))),
                    out)));
  }

  private static RunResult run(
      List<EvaluationResult> evaluations, int best, Optional<EvaluationResult> test) {
    List<EvaluatedStep> steps = new ArrayList<>();
    for (EvaluationResult evaluation : evaluations) {
      int epoch = steps.size() + 1;
      steps.add(new EvaluatedStep(10 * epoch, epoch, evaluation));
    }
    return new RunResult("nli", "minilm-l6", "accuracy", 10 * best, best, steps, test, List.of());
  }

  private static String printed(RunResult run) {
    return text(out -> ResultView.print(run, Path.of("runs/nli"), out));
  }

  private static String text(Consumer<PrintWriter> printing) {
    StringWriter text = new StringWriter();
    printing.accept(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
