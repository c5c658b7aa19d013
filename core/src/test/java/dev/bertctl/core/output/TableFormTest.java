// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFormTest {

  @TempDir Path folder;

  @Test
  void tablesHaveAColumnForEachKeyOfAMap() throws IOException {
    assertEquals(
        "text,label,probabilities.no,probabilities.yes\n\"a, \"\"b\"\"\",yes,0.25,0.75\n",
        written(
            "out.csv",
            Rows.row(
                "text",
                "a, \"b\"",
                "label",
                "yes",
                "probabilities",
                Rows.row("no", 0.25, "yes", 0.75))));
  }

  @Test
  void tabsSeparateInTsvAndQuotesAreOrdinary() throws IOException {
    assertEquals(
        "text\tparts\tmap.x\na \"b\"\t[1,2]\t{\"y\":1}\n",
        written(
            "out.TSV",
            Rows.row(
                "text",
                "a \"b\"",
                "parts",
                List.of(1, 2),
                "map",
                Rows.row("x", Rows.row("y", 1)))));
  }

  @Test
  void aTableHasTheColumnsOfAllRowsByTheirNames() throws IOException {
    assertEquals(
        "text,label,note\na,yes,\nb,no,late\n\"\",no,\n",
        written(
            "out.csv",
            Rows.row("text", "a", "label", "yes"),
            Rows.row("note", "late", "label", "no", "text", "b"),
            Rows.row("label", "no", "text", null)));
  }

  @Test
  void tsvRefusesWhatItCannotHold() {
    for (String text : List.of("a\tb", "a\nb")) {
      UserException failure =
          assertThrows(
              UserException.class, () -> written("out.tsv", Rows.row("id", 1, "text", text)));
      assertEquals(
          "row 1 of the output has a tab or a line break in column 'text', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl",
          failure.getMessage());
    }
  }

  @Test
  void manyRowsComeOutAsTheyWentIn() throws IOException {
    Map<?, ?>[] rows =
        IntStream.range(0, 5_000)
            .mapToObj(i -> Rows.row("id", i, "text", "line " + i + "\nof two 😀"))
            .toArray(Map<?, ?>[]::new);
    StringBuilder expected = new StringBuilder("id,text\n");
    for (int i = 0; i < rows.length; i++) {
      expected.append("%d,\"line %d\nof two 😀\"\n".formatted(i, i));
    }
    assertEquals(expected.toString(), written("out.csv", rows));
  }

  /** A kill may come while the table is being made, and the making begins anew. */
  @Test
  void aTableCanBeMadeAgain() throws IOException {
    TableForm<Rows, Rows> form = TableForm.csv(RowLayout.ALL);
    Path rows = folder.resolve("rows");
    Files.write(rows, form.part(new Rows(Rows.row("text", "a")), new Rows(Map.of()), 0));
    Files.writeString(folder.resolve("rows.table"), "half a ta");

    assertEquals("text\na\n", Files.readString(form.complete(rows)));
    assertEquals("text\na\n", Files.readString(form.complete(rows)));
  }

  private String written(String name, Map<?, ?>... rows) throws IOException {
    Path file = folder.resolve(name);
    Rows.write(file, Arrays.asList(rows));
    assertFalse(Files.exists(folder.resolve(name + ".partial")));
    assertFalse(Files.exists(folder.resolve(name + ".progress.json")));
    assertFalse(Files.exists(folder.resolve(name + ".partial.table")));
    return Files.readString(file);
  }
}
