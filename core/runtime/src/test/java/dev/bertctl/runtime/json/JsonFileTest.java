// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("config.json");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Files.writeString(file, "an earlier one");
    JsonFile.write(file, Map.of("labels", List.of("ä", "b"), "share", 0.1));
    assertEquals("ä", JsonFile.read(file).get("labels").get(0).asText());
    assertEquals(0.1, JsonFile.read(file).get("share").asDouble());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void malformedFileIsToldWithItsLine() throws IOException {
    Files.writeString(file, "{\n\"a\": 1}\n{}");
    assertFails(
        ":3: not valid JSON: something follows the value, which must stand alone; put a whole copy"
            + " in its place");
  }

  @Test
  void anUnfinishedFileIsToldWithoutAParsersWords() throws IOException {
    Files.writeString(file, "{\n\"a\": [1");
    assertFails(
        ":2: not valid JSON: Unexpected end-of-input: expected close marker for Array; put a whole"
            + " copy in its place");
  }

  @Test
  void otherThanAnObjectIsRefused() throws IOException {
    Files.writeString(file, "[1]");
    assertFails(": holds no JSON object; put a whole copy in its place");
    Files.writeString(file, "");
    assertFails(": holds no JSON object; put a whole copy in its place");
  }

  @Test
  void hugeFileIsRefusedUnread() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((256L << 20) + 1);
    }
    assertFails(
        ": larger than 256 MiB, which no file of its kind is; put a whole copy in its place");
  }

  @Test
  void missingFileAndMissingFolder() {
    assertEquals(
        "cannot read %s: no such file".formatted(file),
        assertThrows(UserException.class, () -> JsonFile.read(file)).getMessage());
    Path inNoFolder = folder.resolve("none").resolve("config.json");
    UserException e = assertThrows(UserException.class, () -> JsonFile.write(inNoFolder, Map.of()));
    assertEquals("cannot write %s: there is no such folder".formatted(inNoFolder), e.getMessage());
  }

  private void assertFails(String problem) {
    UserException e = assertThrows(UserException.class, () -> JsonFile.read(file));
    assertEquals(file + problem, e.getMessage());
  }
}
