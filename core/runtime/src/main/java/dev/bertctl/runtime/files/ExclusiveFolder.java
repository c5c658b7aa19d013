// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Work in a folder that nobody else writes to meanwhile, other processes included. A lock on the
 * hidden file {@code .lock} in it says so; the operating system takes the lock back if the process
 * dies. Folder and file are made for the work, and removed after it if nothing else is left there.
 */
public final class ExclusiveFolder {

  private ExclusiveFolder() {}

  /**
   * Works in a folder.
   *
   * @param remedy what to do if another works there already
   * @throws UserException if another works there already
   * @throws FileException if the file system refuses
   */
  public static <T> T work(Path folder, Remedy remedy, Supplier<T> work) {
    Path absolute = folder.toAbsolutePath();
    Path existing = existingAbove(absolute);
    Path file = absolute.resolve(".lock");
    HeldLock lock = locked(absolute, file, remedy);
    try {
      return work.get();
    } finally {
      giveBack(lock, file);
      removeEmpty(absolute, existing);
    }
  }

  private static void giveBack(HeldLock lock, Path file) {
    try {
      lock.close();
    } catch (IOException e) {
      throw FileException.removing(file, e);
    }
  }

  private static HeldLock locked(Path folder, Path file, Remedy remedy) {
    try {
      return HeldLock.takeIn(folder, ".lock")
          .orElseThrow(
              () -> new UserException(folder + ": another process is writing there", remedy));
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /** The nearest folder above that is there. */
  private static Path existingAbove(Path folder) {
    Path above = folder.getParent();
    while (!Files.isDirectory(above)) {
      above = above.getParent();
    }
    return above;
  }

  /** Removes the folder, and those above it that were made for it, if they are empty. */
  private static void removeEmpty(Path folder, Path existing) {
    try {
      for (Path made = folder; !made.equals(existing); made = made.getParent()) {
        Files.deleteIfExists(made);
      }
    } catch (DirectoryNotEmptyException somethingIsLeft) {
      return;
    } catch (IOException e) {
      throw FileException.removing(folder, e);
    }
  }
}
