// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("2024/part-d.csv"));
    Files.createDirectories(folder.resolve("2025"));
    for (String name :
        List.of(
            "part-b.csv",
            "part-a.csv",
            "part-c.tsv",
            ".part-h.csv",
            "a[1].csv",
            "a1.csv",
            "2024/part-a.csv",
            "2025/part-b.csv")) {
      Files.writeString(folder.resolve(name), "text\nx\n");
    }
  }

  @Test
  void aPatternStandsForTheFilesThatMatchInTheOrderOfTheirNames() {
    assertEquals(List.of("part-a.csv", "part-b.csv"), found("part-*.csv"));
    assertEquals(List.of("part-b.csv", "part-c.tsv"), found("part-[bc].?sv"));
    assertEquals(List.of("part-a.csv", "part-c.tsv"), found("part-{a,c}.*"));
    assertEquals(List.of("2024/part-a.csv", "2025/part-b.csv"), found("202?/*.csv"));
  }

  @Test
  void whatIsNamedIsInThatOrderAndAFileMayHaveWildcardsInItsName() {
    assertEquals(
        List.of("part-c.tsv", "part-a.csv", "part-b.csv"), found("part-c.tsv", "part-*.csv"));
    assertEquals(List.of("a[1].csv"), found("a[1].csv"));
    assertEquals(List.of(".part-h.csv"), found(".part-*"));
  }

  @Test
  void problemsNameTheFileOrThePattern() {
    assertProblem("none.csv", "no such file", "none.csv");
    assertProblem("none-*.csv", "no file matches this pattern", "none-*.csv");
    assertProblem("no/such/*.csv", "no file matches this pattern", "no/such/*.csv");
    assertProblem(
        "part-a.csv", "is named twice; its rows would count twice", "part-a.csv", "part-*.csv");
    assertProblem("x[.csv", "no such file, and as a pattern it is malformed: Missing ']", "x[.csv");
  }

  private List<String> found(String... names) {
    return InputFiles.of(Stream.of(names).map(folder::resolve).toList()).stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  private void assertProblem(String file, String problem, String... names) {
    DataException e = assertThrows(DataException.class, () -> found(names));
    assertEquals(folder.resolve(file) + ": " + problem, e.getMessage());
  }
}
