// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Decision;
import dev.bertctl.spi.decode.ExampleView.Passage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final Location PLACE = new Location("dev.csv", 2);
  private static final Labels LABELS = new Labels(List.of("a", "b", "c"));
  private static final MultiLabelPrediction PREDICTED =
      new MultiLabelPrediction(LABELS, List.of(0, 2), List.of(0.9, 0.25, 0.625));

  private static MultiLabelText text(Optional<List<Integer>> gold) {
    return new MultiLabelText(PLACE, Map.of(), "Go.", Optional.empty(), gold);
  }

  @Test
  void eachLabelIsADecision() {
    ExampleView view = Views.of(text(Optional.of(List.of(0, 1))), PREDICTED);
    assertEquals(List.of(Passage.of("text", "Go.")), view.passages());
    assertEquals(Optional.of("a, b"), view.gold());
    assertEquals("a, c", view.predicted());
    // That c applies is what it is least sure of; that b does not has 0.75.
    assertEquals(0.625, view.confidence().orElseThrow());
    assertEquals(
        List.of(new Decision(0.9, true), new Decision(0.25, true), new Decision(0.625, false)),
        view.decisions());
  }

  @Test
  void withoutGoldThereIsNoDecisionToJudge() {
    ExampleView view = Views.of(text(Optional.empty()), PREDICTED);
    assertEquals(Optional.empty(), view.gold());
    assertEquals(List.of(), view.decisions());
    assertEquals(
        "no label", Views.of(text(Optional.of(List.of())), PREDICTED).gold().orElseThrow());
  }

  @Test
  void numbersAreShownByTheirNames() {
    ScoredText pair =
        new ScoredText(
            PLACE, Map.of(), "Go.", Optional.of("Stop."), Optional.of(List.of(1.5, 2.0)));
    ExampleView view = Views.of(pair, new NumbersPrediction(List.of("x", "y"), List.of(1.0, 0.5)));
    assertEquals(
        List.of(Passage.of("first text", "Go."), Passage.of("second text", "Stop.")),
        view.passages());
    assertEquals(Optional.of("x 1.5, y 2.0"), view.gold());
    assertEquals("x 1.0, y 0.5", view.predicted());
    ScoredText one =
        new ScoredText(PLACE, Map.of(), "Go.", Optional.empty(), Optional.of(List.of(5.0)));
    ExampleView number = Views.of(one, new NumbersPrediction(List.of(), List.of(1.25)));
    assertEquals(Optional.of("5.0"), number.gold());
    assertEquals("1.25", number.predicted());
  }
}
