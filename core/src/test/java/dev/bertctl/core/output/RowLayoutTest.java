// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowLayoutTest {

  private static final Rows EXAMPLE =
      new Rows(Rows.row("id", 7, "text", "Go.", "predicted", "old", "a.b", "dotted"));
  private static final Rows PREDICTION =
      new Rows(
          Rows.row(
              "predicted",
              "yes",
              "probabilities",
              Rows.row("no", 0.125, "yes", 0.625, "x.y", 0.25)));

  @Test
  void unlessColumnsAreChosenThePredictionFollowsTheInput() {
    assertEquals(
        List.of("id", "text", "predicted", "a.b", "probabilities"),
        List.copyOf(RowLayout.ALL.row(EXAMPLE, PREDICTION).keySet()));
  }

  @Test
  void columnsAreChosenRenamedAndOrdered() {
    assertEquals(
        "{Category=yes, Id=7, p=0.625, q=0.25, a.b=dotted}",
        layout(
                "all",
                "Category=predicted",
                "Id=id",
                "p=probabilities.yes",
                "q=probabilities.x.y",
                "a.b")
            .row(EXAMPLE, PREDICTION)
            .toString());
  }

  @Test
  void theLikeliestComeFirst() {
    assertEquals(
        "{id=7, probabilities={yes=0.625, x.y=0.25}}",
        layout("top:2", "id", "probabilities").row(EXAMPLE, PREDICTION).toString());
    assertEquals(
        List.of("id", "text", "predicted", "a.b"),
        List.copyOf(layout("none").row(EXAMPLE, PREDICTION).keySet()));
  }

  @Test
  void whatIsNotThereIsToldWithWhatIs() {
    RowLayout layout = layout("none", "Id=id", "probabilities.yes");
    UserException e =
        assertThrows(UserException.class, () -> layout.requireColumns(EXAMPLE, PREDICTION));
    assertEquals(
        "--columns probabilities.yes: the input has no such column, and the prediction no such field;"
            + " there are: id, text, predicted, a.b",
        e.getMessage());
    layout("all", "p=probabilities.yes").requireColumns(EXAMPLE, PREDICTION);
  }

  @Test
  void aNullIsThereAndALaterRowMayLackAColumn() {
    RowLayout layout = layout("all", "note");
    layout.requireColumns(new Rows(Rows.row("note", null)), PREDICTION);
    assertEquals(Rows.row("note", null), layout.row(EXAMPLE, PREDICTION));
  }

  @Test
  void probabilitiesInTheOrderOfChoicesStayInIt() {
    Rows choices = new Rows(Map.of("probabilities", List.of(0.25, 0.75)));
    assertEquals(Map.of(), layout("none").row(new Rows(Map.of()), choices));
    assertThrows(UserException.class, () -> layout("top:1").row(new Rows(Map.of()), choices));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "a=", "=a", " "})
  void aColumnHasANameAndASource(String text) {
    assertThrows(IllegalArgumentException.class, () -> OutputColumn.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "some", "top", "top:0", "top:-1", "top:x", "ALL"})
  void whichProbabilitiesIsOneOfThree(String text) {
    assertThrows(IllegalArgumentException.class, () -> Probabilities.parse(text));
  }

  @Test
  void aFormWithoutRowsHasNoColumnsToChoose() {
    UserException e =
        assertThrows(
            UserException.class,
            () -> PredictionForms.of(Path.of("vectors.npy"), layout("all", "id"), Rows.task()));
    assertEquals(
        "vectors.npy: a file of this form has no columns to choose (--columns id --probabilities"
            + " all); name the output .jsonl, .csv, .tsv or .parquet",
        e.getMessage());
  }

  private static RowLayout layout(String probabilities, String... columns) {
    return new RowLayout(
        Stream.of(columns).map(OutputColumn::parse).toList(), Probabilities.parse(probabilities));
  }
}
