// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  void aLinkStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.txt"));

    WholeFile.write(link, partial -> Files.writeString(partial, "new"));

    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a.txt", "link"), names());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();

    WholeFile.requireWritable(pipe);
    WholeFile.write(pipe, target -> Files.writeString(target, "text"));

    assertEquals("text", new String(reader.getInputStream().readAllBytes(), UTF_8));
    assertEquals(List.of("pipe"), names());
  }

  @Test
  void whatCannotBeWrittenIsFoundBefore() throws IOException {
    Path file = folder.resolve("none/a.txt");
    FileException failure =
        assertThrows(FileException.class, () -> WholeFile.requireWritable(file));
    assertEquals("cannot write %s: there is no such folder".formatted(file), failure.getMessage());
    WholeFile.requireWritable(folder.resolve("a.txt"));
    assertEquals(List.of(), names());
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    IOException full = new IOException("disk full");
    IllegalStateException wrong = new IllegalStateException("wrong");

    FileException failure =
        assertThrows(
            FileException.class, () -> WholeFile.write(file, partial -> fail(partial, full)));
    assertEquals("cannot write %s: disk full".formatted(file), failure.getMessage());
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
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
