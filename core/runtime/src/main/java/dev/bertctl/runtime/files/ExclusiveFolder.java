// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Work in a folder that nobody else writes to meanwhile, other processes included. A lock on the
 * hidden file {@code .lock} in it says so; the operating system takes the lock back if the process
 * dies. The file stays: were it removed, two could have it.
 */
public final class ExclusiveFolder {

  private ExclusiveFolder() {}

  /**
   * Works in a folder, which is made if it is not there.
   *
   * @param remedy what to do if another works there already
   * @throws UserException if another works there already
   * @throws FileException if the file system refuses
   */
  public static <T> T work(Path folder, Remedy remedy, Supplier<T> work) {
    FileTree.create(folder);
    Path file = folder.resolve(".lock");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (!lock(channel)) {
        throw new UserException(folder + ": another process is writing there", remedy);
      }
      return work.get();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /** Until the channel is closed. */
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Locked by another thread of this process.
      return false;
    }
  }
}
