// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionViewTest {

  private static final List<InputColumn> PAIR =
      List.of(
          InputColumn.text(Column.named("premise", "sentence1")),
          InputColumn.text(Column.named("hypothesis")),
          InputColumn.label(Column.named("label")));

  private static PredictionView view(List<InputColumn> columns, boolean coloured) {
    return new PredictionView(columns, Map.of("hypothesis", "second"), coloured);
  }

  private static Map<String, Object> row(Object... keysAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      row.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return row;
  }

  @Test
  void aLabelStandsBelowItsTextsWithTheLikeliestFirst() {
    assertEquals(
        """
        A dog sleeps.  |  An animal rests.
          yes   yes 0.812, no 0.188
        """,
        view(PAIR, true)
            .of(
                row(
                    "id", 7,
                    "sentence1", "A dog sleeps.",
                    "second", "An animal rests.",
                    "label", "no",
                    "predicted", "yes",
                    "probabilities", row("no", 0.1882, "yes", 0.8118)),
                Optional.empty()));
  }

  @Test
  void anAnswerIsMarkedInItsPassage() {
    Map<String, Object> row =
        row("question", "Who?", "passage", "Ann did.", "predicted", "Ann", "probability", 0.75);
    MarkedText marked = new MarkedText("Ann did.", List.of(new Mark(0, 3, "answer")));
    List<InputColumn> columns =
        List.of(
            InputColumn.text(Column.named("question")),
            InputColumn.text(Column.named("context", "passage")));

    assertEquals(
        "Who?\n[Ann](answer) did.\n  Ann  0.750\n",
        view(columns, false).of(row, Optional.of(marked)));
    assertEquals(
        PrintedStream.own("Who?\n\033[30;48;5;153m Ann \033[1manswer \033[0m did.\n  Ann  0.750\n")
            .replaceAll("5;\\d+m", "5;Nm"),
        view(columns, true).of(row, Optional.of(marked)).replaceAll("5;\\d+m", "5;Nm"));
  }

  @Test
  void aTextInWhichNothingWasFoundIsShownWithoutMarks() {
    assertEquals(
        "Nobody did.\n  (nothing found)\n",
        view(List.of(InputColumn.text(Column.named("text"))), true)
            .of(
                row("text", "Nobody did.", "tags", List.of("O", "O", "O")),
                Optional.of(new MarkedText("Nobody did.", List.of()))));
  }

  @Test
  void whatHasNoTextsToShowIsALineForPrograms() {
    assertEquals(
        "{\"vector\":[0.5]}",
        view(List.of(), true).of(row("vector", List.of(0.5)), Optional.empty()));
  }
}
