// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExceptionTest {

  @TempDir private Path folder;

  /** Others may have room, or may be written. */
  @Test
  void theDiskIsNamedThatIsFullOrReadOnly() throws IOException {
    Path file = folder.resolve("gone/file");
    String disk = " (on the disk %s)".formatted(Files.getFileStore(folder));
    IOException full = new IOException("No space left on device");
    assertEquals(
        "cannot write " + file + ": No space left on device" + disk,
        FileException.writing(file, full).getMessage());
    IOException readOnly = new FileSystemException(file.toString(), null, "Read-only file system");
    assertEquals(
        "cannot write " + file + ": Read-only file system" + disk,
        FileException.writing(file, readOnly).getMessage());
    assertEquals(
        "cannot remove " + file + ": Read-only file system" + disk,
        FileException.removing(file, readOnly).getMessage());
  }
}
