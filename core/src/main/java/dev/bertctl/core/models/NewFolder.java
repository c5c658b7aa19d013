// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.ExclusiveFolder;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.OneAtATime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder that is written whole: it is complete when it gets its name, and what a process that was
 * killed left is cleared away by the next one.
 */
public final class NewFolder {

  private NewFolder() {}

  /**
   * Writes a folder.
   *
   * @param directory where to; must not exist, or be empty
   * @param content fills a folder, and says what with
   * @throws UserException if it cannot be written
   */
  public static <T> T write(Path directory, Function<Path, T> content) {
    Path target = directory.toAbsolutePath().normalize();
    Path workplace = target.resolveSibling("." + target.getFileName() + ".part");
    return ExclusiveFolder.work(
        workplace, new OneAtATime(), () -> write(directory, content, workplace));
  }

  /** What was left in the workplace goes with this one, done or refused. */
  private static <T> T write(Path directory, Function<Path, T> content, Path workplace) {
    Path part = workplace.resolve("model");
    FileTree.delete(part);
    requireNew(directory);
    AtomicReference<T> written = new AtomicReference<>();
    try {
      ModelCache.anew(folder -> written.set(content.apply(folder))).fill(part);
      requireNew(directory);
      FileTree.move(part, directory);
    } catch (IOException e) {
      throw FileException.writing(directory, e);
    } finally {
      FileTree.delete(part);
    }
    return written.get();
  }

  /**
   * Makes sure that a folder can be written, before what costs time is done for it.
   *
   * @throws UserException if there is something in its place
   */
  public static void requireNew(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new UserException(directory + " is a file; name a new directory");
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new UserException(directory + " is not empty; name a new directory");
      }
    } catch (IOException e) {
      throw FileException.reading(directory, e);
    }
  }
}
