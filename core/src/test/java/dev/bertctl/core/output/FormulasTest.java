// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {

  private static final RowLayout ESCAPED =
      new RowLayout(List.of(), Probabilities.ALL, Formulas.ESCAPED);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uFF1D1", "-"})
  void anApostropheMakesAFormulaAText(String cell) {
    assertEquals("'" + cell, Formulas.ESCAPED.cell(cell));
    assertEquals(cell, Formulas.KEPT.cell(cell));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=1", "-1", "-0.25", "-1.5E-4", "'=1", " =1", "-Infinity"})
  void whatIsNoneStays(String cell) {
    assertEquals(cell, Formulas.ESCAPED.cell(cell));
  }

  @Test
  void cellsAndNamesOfColumnsAreEscapedInATable() throws IOException {
    TableForm<Rows, Rows> form = TableForm.csv(ESCAPED);
    Path rows = folder.resolve("rows");
    Files.write(
        rows, form.part(new Rows(Rows.row("=a", "=1", "score", -0.5)), new Rows(Map.of()), 0));
    assertEquals("'=a,score\n'=1,-0.5\n", Files.readString(form.complete(rows)));
  }

  @Test
  void otherFilesHaveNoCells() {
    UserException refusal =
        assertThrows(
            UserException.class, () -> PredictionForms.of(Path.of("out.jsonl"), ESCAPED, null));
    assertEquals(
        "out.jsonl: only in tables are there cells that may be taken for formulas; name the output .csv or .tsv, or leave texts as they are",
        refusal.getMessage());
  }
}
