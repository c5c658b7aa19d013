// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are read. */
class StoredFileTest {

  /** More than is read at once. */
  private static final int SIZE = (1 << 20) + 3;

  @TempDir Path folder;
  private Path file;
  private StoredFile stored;

  @BeforeEach
  void write() throws IOException {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * 31);
    }
    file = Files.write(folder.resolve("weights"), bytes);
    stored = StoredFile.of(file);
  }

  @Test
  void partsAreWhatLiesThere() throws IOException {
    assertEquals(ByteBuffer.wrap(Files.readAllBytes(file)), stored.read(0, SIZE, "all"));
    assertEquals(ByteBuffer.wrap(new byte[] {31, 62}), stored.read(1, 2, "a part"));
  }

  @Test
  void aFileThatBecomesShorterIsNoDefect() throws IOException {
    ByteBuffer before = stored.read(0, SIZE, "a weight");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(SIZE - 1);
    }
    assertEquals((byte) ((SIZE - 1) * 31), before.get(SIZE - 1), "what was read is not touched");
    assertChanged(SIZE);
  }

  @Test
  void aPartOfAnotherFileIsNotTaken() throws IOException {
    Path other = Files.write(folder.resolve("other"), new byte[SIZE]);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertChanged(2);
  }

  private void assertChanged(int length) {
    assertEquals(
        file + ": has changed while it was read; put a whole copy in its place and begin again",
        assertThrows(UserException.class, () -> stored.read(0, length, "a weight")).getMessage());
  }
}
