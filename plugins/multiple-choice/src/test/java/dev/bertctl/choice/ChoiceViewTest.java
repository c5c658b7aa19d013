// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChoiceViewTest {

  private static final Choices CHOICES = new Choices(List.of("sleeps", "sings"));

  private static Question question(OptionalInt gold) {
    return new Question(
        new Location("dev.csv", 2), Map.of(), "Ann is tired.", "She", CHOICES, gold);
  }

  @Test
  void thePredictedAndTheRightChoiceAreMarked() {
    ExampleView view =
        ChoiceView.of(question(OptionalInt.of(0)), new Answer(CHOICES, 1, List.of(0.25, 0.75)));
    assertEquals(
        List.of(
            Passage.of("context", "Ann is tired."),
            Passage.of("stem", "She"),
            new Passage("choice 0", new MarkedText("sleeps", List.of(new Mark(0, 6, "gold")))),
            new Passage("choice 1", new MarkedText("sings", List.of(new Mark(0, 5, "predicted"))))),
        view.passages());
    assertEquals(Optional.of("sleeps"), view.gold());
    assertEquals("sings", view.predicted());
    assertEquals(OptionalDouble.of(0.75), view.confidence());
  }

  @Test
  void aRightChoiceIsMarkedOnce() {
    ExampleView view =
        ChoiceView.of(question(OptionalInt.of(1)), new Answer(CHOICES, 1, List.of()));
    assertEquals(List.of(new Mark(0, 5, "predicted, gold")), view.passages().get(3).text().marks());
    assertEquals(OptionalDouble.empty(), view.confidence());
  }
}
