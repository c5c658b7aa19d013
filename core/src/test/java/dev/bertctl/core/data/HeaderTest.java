// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose columns are named by {@code data.header}. */
class HeaderTest {

  @TempDir private Path folder;

  /** As AG News is distributed. */
  @Test
  void theFirstLineIsARow() throws IOException {
    String file =
        """
        "3","Oil rises","Prices rose again, a trader said."
        "1","Talks begin","Both sides, ""at last"", met."
        """;
    assertEquals(
        List.of(
            "news.csv:1 {class=3, title=Oil rises, text=Prices rose again, a trader said.}",
            "news.csv:2 {class=1, title=Talks begin, text=Both sides, \"at last\", met.}"),
        rows("news.csv", file, "class", "title", "text"));
  }

  /**
   * As GLUE distributes CoLA, whose third column is often empty and whose quotes are the text's.
   */
  @Test
  void quotesOfTsvAreToldWithoutAHeader() throws IOException {
    String file = "gj04\t1\t\t\"Sue\" left.\nks08\t0\t*\tThey drank \"the.\n";
    assertEquals(
        List.of(
            "in_domain.tsv:1 {source=gj04, label=1, mark=, sentence=\"Sue\" left.}",
            "in_domain.tsv:2 {source=ks08, label=0, mark=*, sentence=They drank \"the.}"),
        rows("in_domain.tsv", file, "source", "label", "mark", "sentence"));
  }

  @Test
  void rowsOfOtherLengthsAreNamed() {
    assertEquals(
        "a.csv:2: 3 cells, but the header has 2 (label, text); correct or remove the row. A text with commas or line breaks needs double quotes around it",
        assertThrows(DataException.class, () -> rows("a.csv", "1,x\n0,y,z\n", "label", "text"))
            .getMessage()
            .replace(folder + "/", ""));
    assertEquals(
        "a.csv: two columns are called 'text'; rename one of them",
        assertThrows(DataException.class, () -> rows("a.csv", "1,x\n", "text", "text"))
            .getMessage()
            .replace(folder + "/", ""));
  }

  /** What is said of a file whose first row was taken for the header. */
  @Test
  void aFirstLineThatIsARow() throws IOException {
    Path file = DataCase.write(folder.resolve("a.csv"), "1,Both sides met\n0,x\n");
    try (Stream<Row> rows = DataCase.open(file).rows()) {
      Row row = rows.findFirst().orElseThrow();
      assertEquals(
          file
              + ":1: no column 'text'; the file has: 1, Both sides met. Name it with data.columns.text; or, if its first line is no header but a row, name all columns in their order with data.header",
          assertThrows(DataException.class, () -> row.get(Column.named("text", "Text")))
              .getMessage());
    }
  }

  private List<String> rows(String name, String content, String... header) throws IOException {
    Path file = DataCase.write(folder.resolve(name), content);
    DataFile data =
        DataCase.open(
            file,
            new FileSettings(Encoding.UTF_8, Quotes.AUTO, List.of(header), Map.of(), Map.of()));
    try (Stream<Row> rows = data.rows()) {
      return rows.map(row -> (row.location() + " " + row.columns()).replace(folder + "/", ""))
          .toList();
    }
  }
}
