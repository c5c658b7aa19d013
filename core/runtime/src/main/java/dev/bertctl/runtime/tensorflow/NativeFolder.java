// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;

/**
 * A folder of the cache with native libraries, which were unpacked from the class path. It appears
 * when it is complete, with the permissions that the user's umask gives, so that others can use it;
 * once it is there nothing is written.
 */
public final class NativeFolder {

  private final Path folder;
  private final List<String> files;
  private final Function<String, URL> place;

  /**
   * @param folder where the libraries are or are to be
   * @param files their files' names
   * @param place where each is on the class path; null where it is not
   */
  NativeFolder(Path folder, List<String> files, Function<String, URL> place) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.place = place;
  }

  /**
   * A folder.
   *
   * @param folder where the libraries are or are to be
   * @param files their files' names
   * @param resource where each is on the class path
   */
  public static NativeFolder of(
      Path folder, List<String> files, Function<String, String> resource) {
    ClassLoader classes = NativeFolder.class.getClassLoader();
    return new NativeFolder(folder, files, file -> classes.getResource(resource.apply(file)));
  }

  /** Whether the class path has the libraries, which are those of one kind of machine. */
  public boolean hasLibraries() {
    return files.stream().allMatch(file -> place.apply(file) != null);
  }

  /**
   * The folder, filled first if it is not there. Of several processes that want it at once, one
   * fills it and the others wait; threads of one process have to take turns by themselves.
   *
   * @throws UserException if it can be neither read nor filled
   */
  public Path filled() {
    if (isFilled()) {
      return folder;
    }
    try {
      if (Files.exists(folder) && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
        throw FileException.reading(folder, new AccessDeniedException(folder.toString()));
      }
      FileTree.create(folder.getParent());
      fill();
      return folder;
    } catch (FileException e) {
      throw new UserException(
          "native libraries are not unpacked: " + e.getMessage(), new OtherCache(), e);
    }
  }

  /** Where the libraries are or are to be. */
  public Path path() {
    return folder;
  }

  /** Whether the libraries are there. */
  public boolean isFilled() {
    return Files.isDirectory(folder)
        && files.stream().allMatch(file -> Files.isReadable(folder.resolve(file)));
  }

  private void fill() {
    Path lock = sibling("lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !isFilled()) {
        Path partial = sibling("part");
        FileTree.clear(partial);
        for (String file : files) {
          unpack(place.apply(file), partial.resolve(file));
        }
        FileTree.replace(partial, folder);
      }
    } catch (IOException e) {
      throw FileException.writing(lock, e);
    }
  }

  private static void unpack(URL resource, Path target) {
    try (InputStream library = resource.openStream()) {
      Files.copy(library, target);
    } catch (IOException e) {
      throw FileException.writing(target, e);
    }
    WholeFile.force(target);
  }

  /** Dots keep it from being taken for a folder of libraries. */
  private Path sibling(String purpose) {
    return folder.resolveSibling("." + folder.getFileName() + "." + purpose);
  }
}
