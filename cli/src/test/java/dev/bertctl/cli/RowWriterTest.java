// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowWriterTest {

  private final StringWriter out = new StringWriter();

  @Test
  void tablesHaveAColumnForEachKeyOfAMap() {
    write(
        "out.csv",
        row("text", "a, \"b\"", "label", "yes", "probabilities", row("no", 0.25, "yes", 0.75)));
    assertEquals(
        "text,label,probabilities.no,probabilities.yes\n\"a, \"\"b\"\"\",yes,0.25,0.75\n",
        out.toString());
  }

  @Test
  void tabsSeparateInTsvAndQuotesAreOrdinary() {
    write("out.TSV", row("text", "a \"b\"", "parts", List.of(1, 2), "map", row("x", row("y", 1))));
    assertEquals("text\tparts\tmap.x\na \"b\"\t[1,2]\t{\"y\":1}\n", out.toString());
  }

  @Test
  void rowsAreWrittenByTheHeadersNames() {
    write(
        "out.csv",
        row("id", 1, "text", "a", "label", "yes"),
        row("label", "no", "text", "b", "id", 2),
        row("text", "c", "label", "no"));
    assertEquals("id,text,label\n1,a,yes\n2,b,no\n\"\",c,no\n", out.toString());
  }

  @Test
  void aTableHasTheColumnsOfAllRows() {
    write(
        "out.csv",
        row("text", "a", "label", "yes"),
        row("text", "b", "note", "late", "label", "no"));
    assertEquals("text,label,note\na,yes,\nb,no,late\n", out.toString());
  }

  @Test
  void tsvRefusesWhatItCannotHold() {
    for (String text : List.of("a\tb", "a\nb")) {
      UserException failure =
          assertThrows(UserException.class, () -> write("out.tsv", row("id", 1, "text", text)));
      assertEquals(
          "row 1 of the output has a tab or a line break in column 'text', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl",
          failure.getMessage());
    }
  }

  @Test
  void jsonLinesTakeEveryRowAsItIs() {
    write("out.jsonl", row("text", "a"), row("note", "late", "text", "b"));
    assertEquals("{\"text\":\"a\"}\n{\"note\":\"late\",\"text\":\"b\"}\n", out.toString());
  }

  @SafeVarargs
  private void write(String file, Map<String, Object>... rows) {
    try (RowWriter writer = RowWriter.of(Path.of(file), out)) {
      for (Map<String, Object> row : rows) {
        writer.write(row);
      }
    }
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
