// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Files that appear when they are complete: until then an existing one stays as it is. Of two who
 * write one at once, one is refused; see {@link ExclusiveFiles}.
 */
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
   * left behind. A link stays one, and what it leads to is replaced. What is no regular file, such
   * as a pipe or {@code /dev/null}, is written to directly: it must not be replaced by a file.
   *
   * @throws dev.bertctl.runtime.UserException if another writes it at this moment
   * @throws FileException if the file system refuses
   */
  public static void write(Path file, Content content) {
    if (isSpecial(file)) {
      writeInto(file, content);
      return;
    }
    ExclusiveFiles.work(
        List.of(file),
        () -> {
          replace(file, behindLinks(file), content);
          return null;
        });
  }

  private static void replace(Path file, Path target, Content content) {
    Path partial = partial(target);
    try {
      content.writeTo(partial);
      force(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (RuntimeException | Error e) {
      delete(partial, e);
      throw e;
    } catch (IOException e) {
      delete(partial, e);
      throw FileException.writing(file, e);
    }
  }

  /** Whether it is a pipe, a device or the like, which is written to and never replaced. */
  public static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static void writeInto(Path file, Content content) {
    try {
      content.writeTo(file);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  private static Path partial(Path target) {
    return beside(target, ".partial");
  }

  /** The file beside another whose name is longer by an ending. */
  public static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** What is replaced in a file's place: a link stays one. */
  public static Path behindLinks(Path file) {
    try {
      return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /**
   * Makes sure that a file can be written, before work is done that it is to hold.
   *
   * @throws FileException if the file system refuses
   */
  public static void requireWritable(Path file) {
    if (isSpecial(file)) {
      return;
    }
    Path partial = partial(behindLinks(file));
    try {
      Files.write(partial, new byte[0]);
      Files.delete(partial);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /**
   * Brings a file to the disk before it takes its name: after a power failure a whole file must
   * have it.
   *
   * @throws FileException if the file system refuses
   */
  public static void force(Path partial) {
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw FileException.writing(partial, e);
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
