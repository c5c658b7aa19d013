// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveFilesTest {

  @TempDir Path folder;

  @Test
  void refusesTheSecondWhoWritesAFile() throws Exception {
    Path file = folder.resolve("a.txt");
    Process other = LockingProcess.start(folder.resolve(".a.txt.lock"), 0);
    assertEquals('h', other.getInputStream().read());

    UserException refusal =
        assertThrows(
            UserException.class,
            () -> WholeFile.write(file, partial -> Files.writeString(partial, "mine")));

    assertEquals(file + ": another process is writing it", refusal.getMessage());
    assertEquals(Optional.of(new OneAtATime()), refusal.remedy());
    assertEquals(List.of(".a.txt.lock"), names());

    other.destroyForcibly().waitFor();
    WholeFile.write(file, partial -> Files.writeString(partial, "mine"));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void areWrittenByWhoeverHasClaimedThem() throws IOException {
    Path file = folder.resolve("a.txt");

    ExclusiveFiles.work(
        List.of(file, folder.resolve("b.txt")),
        () -> {
          WholeFile.write(file, partial -> Files.writeString(partial, "mine"));
          return null;
        });

    assertEquals("mine", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void areGivenBackWhereOneOfThemIsAnothers() throws Exception {
    Process other = LockingProcess.start(folder.resolve(".b.txt.lock"), 0);
    assertEquals('h', other.getInputStream().read());

    assertThrows(
        UserException.class,
        () -> ExclusiveFiles.of(List.of(folder.resolve("a.txt"), folder.resolve("b.txt"))));

    other.destroyForcibly().waitFor();
    ExclusiveFiles.of(List.of(folder.resolve("a.txt"), folder.resolve("b.txt"))).close();
    assertEquals(List.of(), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
