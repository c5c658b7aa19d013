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
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that become shorter while they are read. */
class MappedFileTest {

  private static final int SIZE = 1 << 16;

  @TempDir Path folder;

  /** As often as it takes to be compiled. */
  @RepeatedTest(20)
  void aFileThatBecomesShorterIsNoDefect() throws IOException {
    Path file = Files.write(folder.resolve("weights"), new byte[SIZE]);
    ByteBuffer mapped = MappedFile.map(file, 0, SIZE, "a weight");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    UserException one =
        assertThrows(
            UserException.class, () -> MappedFile.reading(file.toString(), () -> sum(mapped)));
    assertEquals(
        file
            + ": has become shorter while it was read, or its disk fails; put a whole copy in its place and begin again",
        one.getMessage());
    UserException all =
        assertThrows(
            UserException.class,
            () -> MappedFile.reading(file.toString(), () -> ByteBuffer.allocate(SIZE).put(mapped)));
    assertEquals(one.getMessage(), all.getMessage());
  }

  @Test
  void otherInternalErrorsStayWhatTheyAre() {
    InternalError error = new InternalError("something else");
    assertEquals(
        error,
        assertThrows(
            InternalError.class,
            () ->
                MappedFile.reading(
                    "a file",
                    () -> {
                      throw error;
                    })));
  }

  private static int sum(ByteBuffer bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.limit(); i++) {
      sum += bytes.get(i);
    }
    return sum;
  }
}
