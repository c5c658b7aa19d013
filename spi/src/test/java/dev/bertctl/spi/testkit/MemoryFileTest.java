// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {

  @Test
  void valuesAreWhatAFileGives() {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("n", 7);
    written.put("x", 0.1f);
    written.put("list", List.of(1, Map.of("k", true)));
    written.put("none", null);
    Row row = MemoryFile.rows(List.of(written)).rows().findFirst().orElseThrow();
    assertEquals(Map.of("n", 7L, "x", 0.1, "list", List.of(1L, Map.of("k", true))), row.columns());
    assertTrue(row.isNull(Column.named("nothing", "none")));
    assertFalse(row.isNull(Column.named("n")));
    assertEquals("7", row.textOrEmpty(Column.named("n")));
    assertEquals("", row.textOrEmpty(Column.named("none")));
    assertEquals(
        "memory:1: column 'list' holds a JSON list where a text is needed",
        assertThrows(DataException.class, () -> row.get(Column.named("list"))).getMessage());
    assertEquals(
        "the java.util.Optional Optional.empty is no plain value; give text, numbers, booleans, lists or maps",
        assertThrows(
                IllegalArgumentException.class,
                () -> MemoryFile.json(Map.of("k", Optional.empty())))
            .getMessage());
  }

  @Test
  void rowsOfATsvFileWithAndWithoutAColumn(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.tsv"), "text\tlabel\nGo.\tyes\n\tno\n");
    MemoryFile rows = MemoryFile.tsv(file);
    assertEquals(
        MemoryFile.rows(
            List.of(Map.of("text", "Go.", "label", "yes"), Map.of("text", "", "label", "no"))),
        rows);
    assertEquals(
        MemoryFile.rows(List.of(Map.of("text", "Go."), Map.of("text", ""))), rows.without("label"));
    assertEquals(
        "no row has the column 'stars' (there are: text, label), so there is nothing to leave out",
        assertThrows(IllegalArgumentException.class, () -> rows.without("stars")).getMessage());
  }
}
