// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.Judge;
import dev.bertctl.core.runs.TinyRun;
import dev.bertctl.core.space.Dimension;
import dev.bertctl.core.space.SearchSpace;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchResultTest {

  @TempDir Path folder;

  /** Of six trials, six are trained for one epoch and two for three. */
  private SearchResult result(boolean higherIsBetter, TrialOutcome... outcomes) {
    List<Trial> trials =
        Trial.draw(
            new SearchSpace(
                List.of(new Dimension.Numbers("train.learning-rate", 1e-5, 1e-3, true)), 3),
            6,
            new TinyRun(folder, 0).config());
    return new SearchResult(
        "tiny",
        new Judge("score", higherIsBetter),
        SuccessiveHalving.rungs(6, 3),
        trials,
        List.of(outcomes));
  }

  private static TrialOutcome finished(int trial, int rung, double score, double loss) {
    EvaluationResult found =
        new EvaluationResult(
            10, loss, Map.of("loss", loss), Map.of("score", score), List.of(), Map.of());
    return new TrialOutcome(
        trial,
        rung,
        rung == 1 ? 1 : 3,
        TrialOutcome.State.FINISHED,
        Optional.of(new EvaluatedStep(5, 1, found)),
        Optional.empty(),
        2.5);
  }

  private static TrialOutcome diverged(int trial, int rung) {
    return new TrialOutcome(
        trial,
        rung,
        rung == 1 ? 1 : 3,
        TrialOutcome.State.DIVERGED,
        Optional.empty(),
        Optional.of("loss NaN"),
        1);
  }

  private static List<Integer> numbers(List<TrialOutcome> outcomes) {
    return outcomes.stream().map(TrialOutcome::trial).toList();
  }

  private final TrialOutcome[] rung = {
    finished(1, 1, 0.5, 0.7),
    finished(2, 1, Double.NaN, 0.1),
    diverged(3, 1),
    finished(4, 1, 0.8, 0.6),
    finished(5, 1, 0.8, 0.5),
    finished(6, 1, 0.8, 0.5)
  };

  @Test
  void theValueCountsThenTheLossThenWhoCameFirst() {
    SearchResult found = result(true, rung);
    assertEquals(List.of(5, 6, 4, 1, 2, 3), numbers(found.ranked()));
    assertEquals(List.of(5, 6), found.on(2).stream().map(Trial::number).toList());
    assertEquals(List.of(1, 5, 6, 4, 2, 3), numbers(result(false, rung).ranked()));
  }

  @Test
  void whoWasTrainedLongerIsTheBetterOne() {
    SearchResult found = result(true, rung).with(List.of(finished(6, 2, 0.1, 0.9)));
    assertEquals(List.of(6, 5, 4, 1, 2, 3), numbers(found.ranked()));
    assertEquals(Optional.of(2), found.best().map(TrialOutcome::rung));
  }

  @Test
  void whoFailsOnceMoreIsWhereItWas() {
    SearchResult found = result(true, rung).with(List.of(diverged(5, 2), diverged(6, 2)));
    assertEquals(List.of(5, 6, 4, 1, 2, 3), numbers(found.ranked()));
    assertEquals(Optional.of(1), found.best().map(TrialOutcome::rung));
    assertEquals(
        Optional.of(TrialOutcome.State.DIVERGED),
        found.last(found.trials().get(4)).map(TrialOutcome::state));
  }

  @Test
  void whatIsWrittenDownIsReadBack() {
    SearchResult found = result(true, rung);
    SearchFolder search = new SearchFolder(folder);
    search.keep(found);
    assertEquals(
        TinyRun.tree(found.fields()), TinyRun.tree(result(true).with(search.outcomes()).fields()));
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("trials.jsonl"), "{\"state\": \"lost\"}");
    UserException e = assertThrows(UserException.class, new SearchFolder(folder)::outcomes);
    assertEquals(
        file
            + ": 'lost' is no state of a training; the file is damaged or incomplete: fetch or copy"
            + " it again",
        e.getMessage());
    Files.writeString(file, "{\"trial\": 1");
    UserException cut = assertThrows(UserException.class, new SearchFolder(folder)::outcomes);
    assertEquals(
        file
            + ": Unexpected end-of-input: expected close marker for Object; the file is damaged or"
            + " incomplete: fetch or copy it again",
        cut.getMessage());
  }
}
