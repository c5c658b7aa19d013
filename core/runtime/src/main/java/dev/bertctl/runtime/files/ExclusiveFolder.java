// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
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
    FileChannel lock = locked(absolute, file, remedy);
    try {
      return work.get();
    } finally {
      giveBack(lock, file);
      removeEmpty(absolute, existing);
    }
  }

  private static void giveBack(FileChannel lock, Path file) {
    try (lock) {
      Files.delete(file);
    } catch (IOException e) {
      throw FileException.removing(file, e);
    }
  }

  /**
   * A file that is removed under its lock may be held open, unlocked, by one who came too early:
   * whoever gets a lock makes sure that it is on the file that is there.
   */
  private static FileChannel locked(Path folder, Path file, Remedy remedy) {
    try {
      Optional<FileChannel> lock = Optional.empty();
      while (lock.isEmpty()) {
        FileTree.create(folder);
        lock = tried(folder, file, remedy);
      }
      return lock.get();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /** Empty if the file was removed meanwhile. */
  private static Optional<FileChannel> tried(Path folder, Path file, Remedy remedy)
      throws IOException {
    byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (NoSuchFileException removedWithItsFolder) {
      return Optional.empty();
    }
    boolean kept = false;
    try {
      if (!lock(channel)) {
        throw new UserException(folder + ": another process is writing there", remedy);
      }
      channel.truncate(0).write(ByteBuffer.wrap(mine));
      kept = isThere(file, mine);
      return kept ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  private static boolean isThere(Path file, byte[] mine) throws IOException {
    try {
      return Arrays.equals(mine, Files.readAllBytes(file));
    } catch (NoSuchFileException removedMeanwhile) {
      return false;
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
