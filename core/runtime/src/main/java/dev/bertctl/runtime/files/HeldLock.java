// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that one thread of one process has at a time: that on a file which is made for it and
 * removed after it. The operating system takes the lock back if the process dies; the file is then
 * used again by whoever comes next.
 *
 * <p>POSIX takes a process's lock on a file back as soon as the process closes the file anywhere.
 * So nobody may open a lock's file again to look at it, and threads must be told apart before they
 * open it.
 */
final class HeldLock implements AutoCloseable {

  /** Files that are locked by this process. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private static final int ROUNDS = 4;
  private static final int LONGEST = 1 << 16;

  /** Where something vanishes so often, no file can be made. */
  private static final int MOST_ATTEMPTS = 100;

  private final Path file;
  private final String key;
  private final FileChannel channel;

  private HeldLock(Path file, String key, FileChannel channel) {
    this.file = file;
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes a lock.
   *
   * @param file made for the lock
   * @return the lock; empty if another has it
   */
  static Optional<HeldLock> take(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    for (int attempt = 1; ; attempt++) {
      try {
        String key = folder.toRealPath().resolve(file.getFileName()).toString();
        return HELD.add(key) ? take(file, key) : Optional.empty();
      } catch (NoSuchFileException removedMeanwhile) {
        // Whoever had the lock removed the file at this very moment.
        if (attempt == MOST_ATTEMPTS || !Files.isDirectory(folder)) {
          throw removedMeanwhile;
        }
      }
    }
  }

  /**
   * Takes a lock in a folder, which is made where it is not there; whoever had the lock before may
   * remove the folder, too.
   */
  static Optional<HeldLock> takeIn(Path folder, String name) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        return take(folder.resolve(name));
      } catch (NoSuchFileException removedMeanwhile) {
        if (attempt == MOST_ATTEMPTS) {
          throw removedMeanwhile;
        }
      }
    }
  }

  private static Optional<HeldLock> take(Path file, String key) throws IOException {
    FileChannel channel = null;
    boolean held = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        return Optional.empty();
      }
      requireThere(file, channel);
      held = true;
      return Optional.of(new HeldLock(file, key, channel));
    } finally {
      if (!held) {
        HELD.remove(key);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /**
   * A file that is removed under its lock may be held open, unlocked, by one who came too early. So
   * whoever gets a lock makes sure that it is on the file that is there, by lengths drawn at
   * random: the file must not be opened again.
   *
   * @throws NoSuchFileException if another file is there, or none
   */
  private static void requireThere(Path file, FileChannel channel) throws IOException {
    Random random = new Random();
    for (int round = 0; round < ROUNDS; round++) {
      int length = random.nextInt(1, LONGEST);
      channel.truncate(0);
      channel.write(ByteBuffer.allocate(1), length - 1L);
      if (Files.size(file) != length) {
        throw new NoSuchFileException(file.toString());
      }
    }
    channel.truncate(0);
  }

  /** Gives the lock back, and removes its file. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.delete(file);
    } finally {
      HELD.remove(key);
    }
  }
}
