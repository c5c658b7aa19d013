// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.CacheFolder;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.cache.KnownFiles;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.runtime.files.TrustedFolder;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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
   * @throws UserException if it can be neither read nor filled, or others can write there
   */
  public Path filled() {
    TrustedFolder.require(root(), folder);
    if (isSound(false)) {
      return folder;
    }
    try {
      if (Files.exists(folder) && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
        throw FileException.reading(folder, new AccessDeniedException(folder.toString()));
      }
      TrustedFolder.create(folder.getParent());
      fill();
      return folder;
    } catch (FileException e) {
      throw new UserException(
          "native libraries are not unpacked: " + e.getMessage(), new OtherCache(), e);
    }
  }

  /**
   * Reads all files, unpacks them again if they are not what they were, and tidies up beside them.
   *
   * @return whether they were; also where they were never unpacked
   * @throws UserException if they can be neither read nor unpacked
   */
  public boolean verify() {
    TrustedFolder.require(root(), folder);
    if (!Files.exists(folder)) {
      return true;
    }
    removeAbandoned();
    boolean sound = isSound(true);
    if (!sound) {
      FileTree.delete(folder);
      filled();
    }
    return sound;
  }

  /**
   * Whether the libraries are there and what they were. Those that an older bertctl has unpacked
   * are compared with the class path's once.
   */
  private boolean isSound(boolean readAll) {
    if (!isFilled()) {
      return false;
    }
    KnownFiles known = new KnownFiles(folder);
    if (known.areKnown()) {
      return known.changed(readAll).isEmpty();
    }
    boolean same = files.stream().allMatch(this::isAsOnTheClassPath);
    if (same && Files.isWritable(folder)) {
      known.write();
    }
    return same;
  }

  private boolean isAsOnTheClassPath(String file) {
    if (place.apply(file) == null) {
      return true;
    }
    try (InputStream there = Files.newInputStream(folder.resolve(file));
        InputStream packed = place.apply(file).openStream()) {
      return Sha256.of(there).equals(Sha256.of(packed));
    } catch (IOException e) {
      throw FileException.reading(folder.resolve(file), e);
    }
  }

  /** The cache that it is in; a folder elsewhere stands for itself. */
  private Path root() {
    Path cache = CacheFolder.ofUser();
    return folder.startsWith(cache) ? cache : folder;
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
      if (held.isValid() && !isSound(false)) {
        removeAbandoned();
        Path partial = sibling("part");
        FileTree.clear(partial);
        for (String file : files) {
          unpack(place.apply(file), partial.resolve(file));
        }
        new KnownFiles(partial).write();
        TrustedFolder.closeAll(partial);
        FileTree.replace(partial, folder);
      }
    } catch (IOException e) {
      throw FileException.writing(lock, e);
    }
  }

  /**
   * Removes what DJL, when it unpacked the libraries itself, left where it was killed; not what it
   * may be unpacking now, for another version of bertctl.
   */
  private void removeAbandoned() {
    Instant longAgo = Instant.now().minus(Duration.ofHours(1));
    try (Stream<Path> beside = Files.list(folder.getParent())) {
      for (Path other : beside.toList()) {
        if (other.getFileName().toString().matches("tmp[0-9]+")
            && Files.getLastModifiedTime(other).toInstant().isBefore(longAgo)) {
          FileTree.delete(other);
        }
      }
    } catch (IOException e) {
      throw FileException.reading(folder.getParent(), e);
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
