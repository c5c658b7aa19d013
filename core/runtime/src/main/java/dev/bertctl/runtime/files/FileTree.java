// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Whole folders, or single files in their place. Links are not followed. */
public final class FileTree {

  private FileTree() {}

  /**
   * Makes a folder, and those above it, where it is not there yet.
   *
   * @throws FileException if the file system refuses
   */
  public static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
  }

  /**
   * Makes a folder empty, whether it is there yet or not.
   *
   * @throws FileException if the file system refuses
   */
  public static void clear(Path folder) {
    delete(folder);
    create(folder);
  }

  /**
   * Copies a file, or a folder with all that is in it; files that are there are replaced.
   *
   * @throws FileException if the file system refuses
   */
  public static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          WholeFile.force(copy);
        }
      }
    } catch (IOException e) {
      throw FileException.writing(to, e);
    }
  }

  /**
   * Removes a file, or a folder with all that is in it; one that is not there is no error.
   *
   * @throws FileException if the file system refuses
   */
  public static void delete(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw FileException.removing(path, e);
    }
  }

  /**
   * Puts a file or folder in the place of another, on the same disk. The old one is whole until the
   * new one is there; between two folders there is a moment without either, on the few disks where
   * two cannot be exchanged in one step.
   *
   * @throws FileException if the file system refuses
   */
  public static void replace(Path from, Path to) {
    try {
      if (Files.isDirectory(to) || Files.isDirectory(from) && Files.exists(to)) {
        Path old = FolderExchange.exchange(from, to) ? from : stepAside(from, to);
        delete(old);
      } else {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw FileException.writing(to, e);
    }
  }

  /**
   * Exchanges two folders of one disk in one step.
   *
   * @return whether it was done; false on a disk that has no such operation
   * @throws FileException if the file system refuses
   */
  public static boolean exchange(Path one, Path other) {
    try {
      return FolderExchange.exchange(one, other);
    } catch (IOException e) {
      throw FileException.writing(other, e);
    }
  }

  /** Moves a file or folder to a name that is free, or an empty folder's, in one step. */
  public static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileException.writing(to, e);
    }
  }

  private static Path stepAside(Path from, Path to) throws IOException {
    Path aside = to.resolveSibling("." + to.getFileName() + ".old");
    delete(aside);
    Files.move(to, aside, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    return aside;
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
