// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void anExistingFileStaysUntilTheNewOneIsComplete() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    WholeFile.write(
        file,
        partial -> {
          Files.writeString(partial, "new");
          assertEquals("old", Files.readString(file));
        });

    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    IOException full = new IOException("disk full");
    IllegalStateException wrong = new IllegalStateException("wrong");

    FileException failure =
        assertThrows(
            FileException.class, () -> WholeFile.write(file, partial -> fail(partial, full)));
    assertEquals("cannot write %s: IOException: disk full".formatted(file), failure.getMessage());
    assertSame(full, failure.getCause());
    assertSame(
        wrong,
        assertThrows(
            IllegalStateException.class,
            () ->
                WholeFile.write(
                    file,
                    partial -> {
                      Files.writeString(partial, "half");
                      throw wrong;
                    })));

    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  private static void fail(Path partial, IOException failure) throws IOException {
    Files.writeString(partial, "half");
    throw failure;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
