// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {

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
