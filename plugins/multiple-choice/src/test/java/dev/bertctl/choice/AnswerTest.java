// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Matrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final Choices CHOICES =
      Choices.of(List.of("tea", "coffee", "milk"), new Location("dev.jsonl", 1));

  @Test
  void probabilitiesAreThoseOfTheRowsOwnChoices() {
    Choices two = Choices.of(List.of("tea", "coffee"), new Location("dev.jsonl", 1));
    Answer answer = Answer.of(two, logits(0, (float) Math.log(3)));
    assertEquals(1, answer.index());
    assertEquals(0.25, answer.probabilities().get(0), 1e-7);
    assertEquals(0.75, answer.probabilities().get(1), 1e-7);
  }

  @Test
  void ofEqualLogitsTheFirstWins() {
    assertEquals(0, Answer.of(CHOICES, logits(1, 1, 1)).index());
    assertEquals(1, Answer.of(CHOICES, logits(-3, 2, 2)).index());
  }

  @Test
  void fieldsNameTheChoice() {
    assertEquals(
        Map.of("predicted", 2, "predicted_text", "milk", "probabilities", List.of(0.2, 0.3, 0.5)),
        new Answer(CHOICES, 2, List.of(0.2, 0.3, 0.5)).fields());
    assertEquals(
        List.of("predicted", "predicted_text"),
        List.copyOf(new Answer(CHOICES, 2, List.of()).fields().keySet()));
  }

  private static Matrix logits(float... values) {
    return new Matrix(values, values.length, 1);
  }
}
