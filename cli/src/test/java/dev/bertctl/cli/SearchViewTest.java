// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.Judge;
import dev.bertctl.core.search.SearchResult;
import dev.bertctl.core.search.SuccessiveHalving;
import dev.bertctl.core.search.Trial;
import dev.bertctl.core.search.TrialOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchViewTest {

  @Test
  void theBestTrialComesFirstWithWhatWasDrawnForIt() {
    assertEquals(
        """
        TRIAL  EPOCHS  LOSS    ACCURACY  train.learning-rate
        2      3       0.4000  0.8500    3e-5                 out-of-memory in 9 epochs
        1      1       0.5000  0.8000    1e-5
        3      1                         0.5                  diverged in 1 epoch

        best: trial 2, accuracy 0.8500, saved in runs/nli-search/trial-2/rung-2
        """,
        print(
            finished(1, 1, 1, 0.8, 0.5),
            finished(2, 1, 1, 0.82, 0.45),
            failed(3, 1, 1, TrialOutcome.State.DIVERGED),
            finished(2, 2, 3, 0.85, 0.4),
            failed(2, 3, 9, TrialOutcome.State.OUT_OF_MEMORY)));
  }

  @Test
  void withoutABestOneTheTableSaysWhy() {
    assertEquals(
        """
        TRIAL  EPOCHS  LOSS  train.learning-rate
        1      1             1e-5                 diverged in 1 epoch
        2      1             3e-5                 diverged in 1 epoch

        """,
        print(
            failed(1, 1, 1, TrialOutcome.State.DIVERGED),
            failed(2, 1, 1, TrialOutcome.State.DIVERGED)));
  }

  private static String print(TrialOutcome... outcomes) {
    StringWriter text = new StringWriter();
    SearchView.print(
        new SearchResult(
            "nli",
            new Judge("accuracy", true),
            SuccessiveHalving.rungs(9, 9),
            List.of(trial(1, "1e-5"), trial(2, "3e-5"), trial(3, "0.5")),
            List.of(outcomes)),
        Path.of("runs/nli-search"),
        new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static Trial trial(int number, String rate) {
    TaskConfig<?> config =
        AppConfig.of(Map.of("model", "none"), "a test", BuiltInTasks.plugin("nli"), List.of());
    return new Trial(number, Map.of("train.learning-rate", rate), config);
  }

  private static TrialOutcome finished(
      int trial, int rung, int epochs, double accuracy, double loss) {
    EvaluationResult found =
        new EvaluationResult(
            10, loss, Map.of("loss", loss), Map.of("accuracy", accuracy), List.of(), Map.of());
    return new TrialOutcome(
        trial,
        rung,
        epochs,
        TrialOutcome.State.FINISHED,
        Optional.of(new EvaluatedStep(4, epochs, found)),
        Optional.empty(),
        1);
  }

  private static TrialOutcome failed(int trial, int rung, int epochs, TrialOutcome.State state) {
    return new TrialOutcome(
        trial, rung, epochs, state, Optional.empty(), Optional.of("it failed"), 1);
  }
}
