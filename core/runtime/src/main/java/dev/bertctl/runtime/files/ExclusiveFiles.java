// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Files that are an output of one piece of work alone, from before it begins until they are there:
 * another that wants one of them meanwhile, in this process or another, is refused. A hidden file
 * beside each, {@code .NAME.lock}, says so. What is no regular file, such as a pipe or {@code
 * /dev/null}, may be written by many.
 *
 * <p>Belongs to the thread that has made it, which may claim the same files again meanwhile.
 */
public final class ExclusiveFiles implements AutoCloseable {

  private static final Map<Path, Thread> OWNERS = new ConcurrentHashMap<>();

  private final Map<Path, HeldLock> locks = new LinkedHashMap<>();

  private ExclusiveFiles() {}

  /**
   * Claims files.
   *
   * @throws UserException if another writes one of them
   * @throws FileException if the file system refuses
   */
  public static ExclusiveFiles of(Collection<Path> files) {
    ExclusiveFiles claimed = new ExclusiveFiles();
    try {
      files.forEach(claimed::claim);
    } catch (RuntimeException | Error e) {
      claimed.close(e);
      throw e;
    }
    return claimed;
  }

  /** Does work whose outputs the files are; see {@link #of}. */
  public static <T> T work(Collection<Path> files, Supplier<T> work) {
    ExclusiveFiles claimed = of(files);
    try {
      return work.get();
    } finally {
      claimed.close();
    }
  }

  private void claim(Path file) {
    Path target = WholeFile.behindLinks(file).toAbsolutePath().normalize();
    if (WholeFile.isSpecial(file) || OWNERS.get(target) == Thread.currentThread()) {
      return;
    }
    try {
      HeldLock lock =
          HeldLock.take(target.resolveSibling("." + target.getFileName() + ".lock"))
              .orElseThrow(
                  () ->
                      new UserException(
                          file + ": another process is writing it", new OneAtATime()));
      locks.put(target, lock);
      OWNERS.put(target, Thread.currentThread());
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  @Override
  public void close() {
    for (Map.Entry<Path, HeldLock> lock : locks.entrySet()) {
      OWNERS.remove(lock.getKey());
      try {
        lock.getValue().close();
      } catch (IOException e) {
        throw FileException.removing(lock.getKey(), e);
      }
    }
    locks.clear();
  }

  private void close(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
