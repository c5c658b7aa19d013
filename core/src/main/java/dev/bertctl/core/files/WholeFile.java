// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that appear when they are complete: until then an existing one stays as it is. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param partial the file to write, which has another name until it is complete
     */
    void writeTo(Path partial) throws IOException;
  }

  /**
   * Writes a file under another name beside it and moves it into place; where that fails nothing is
   * left behind.
   *
   * @throws FileException if the file system refuses
   */
  public static void write(Path file, Content content) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      content.writeTo(partial);
      force(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (RuntimeException | Error e) {
      delete(partial, e);
      throw e;
    } catch (IOException e) {
      delete(partial, e);
      throw FileException.writing(file, e);
    }
  }

  /** To the disk before it takes its name: after a power failure a whole file must have it. */
  private static void force(Path partial) throws IOException {
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A failure to remove the partial file is told with the first failure. */
  private static void delete(Path partial, Throwable failure) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
