// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.CacheFolder;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.cache.KnownFiles;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.TrustedFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder that keeps fetched models (see {@link CacheFolder}). An entry is a folder that appears
 * all at once, complete, and never changes afterwards: one that has is made anew.
 */
public final class ModelCache {

  /** File locks hold between processes; these between the threads of this one. */
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path root;

  /**
   * @param root the folder; it is made when something is first put into it
   */
  public ModelCache(Path root) {
    this.root = root;
  }

  /** The folder; it is made when something is first put into it. */
  public Path root() {
    return root;
  }

  /** The cache that environment variables and home directory name. */
  public static ModelCache of(Map<String, String> environment, Path home) {
    return new ModelCache(CacheFolder.of(environment, home));
  }

  /** Fills a folder that does not count as an entry before it is complete. */
  @FunctionalInterface
  interface Filler {
    /**
     * @param partial the folder; it holds what an interrupted attempt left there
     */
    void fill(Path partial) throws IOException;
  }

  /** The models in the cache, by name. */
  List<CachedModel> models() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.walk(root, 4)) {
      List<CachedModel> models = new ArrayList<>();
      for (Path folder : folders.filter(this::isEntry).toList()) {
        String entry = root.relativize(folder).toString().replace('\\', '/');
        models.add(model(CacheEntry.reference(entry), folder));
      }
      models.sort(Comparator.comparing(CachedModel::name));
      return models;
    } catch (IOException e) {
      throw FileException.reading(root, e);
    }
  }

  /** A model's folder, with the size of its files. */
  static CachedModel model(String name, Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return new CachedModel(name, folder, bytes);
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  private boolean isEntry(Path folder) {
    for (Path part : root.relativize(folder)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return Files.isRegularFile(folder.resolve("config.json"));
  }

  /** A filler that begins with an empty folder, and leaves one behind if it fails. */
  static Filler anew(Filler filler) {
    return partial -> {
      FileTree.clear(partial);
      boolean filled = false;
      try {
        filler.fill(partial);
        filled = true;
      } finally {
        if (!filled) {
          FileTree.clear(partial);
        }
      }
    };
  }

  /** Where an entry is or would be. */
  Path entry(String relative) {
    return root.resolve(relative);
  }

  /**
   * An entry, filled first if it is not there. Of several processes that want it at once, one fills
   * it and the others wait.
   *
   * @param relative the entry's place within the cache
   */
  Path obtain(String relative, DownloadListener listener, Filler filler) {
    Path entry = entry(relative);
    TrustedFolder.require(root, entry);
    if (isSound(entry, false)) {
      return entry;
    }
    ReentrantLock lock = LOCKS.computeIfAbsent(entry, path -> new ReentrantLock());
    lock.lock();
    try {
      TrustedFolder.create(entry.getParent());
      try (FileChannel channel =
              FileChannel.open(
                  sibling(entry, "lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock(channel, relative, listener)) {
        if (held.isValid() && !isSound(entry, false)) {
          Path partial = sibling(entry, "part");
          Files.createDirectories(partial);
          filler.fill(partial);
          new KnownFiles(partial).write();
          TrustedFolder.closeAll(partial);
          FileTree.replace(partial, entry);
        }
      }
      return entry;
    } catch (FileSystemException e) {
      throw new UserException(FileException.writing(entry, e).getMessage(), new OtherCache(), e);
    } catch (IOException e) {
      throw FileException.writing(entry, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether an entry is there and what it was; one that an older bertctl has made is taken for
   * sound, if there is anything in it, and noted as it is.
   *
   * @param readAll whether to read files that look unchanged, too
   */
  private static boolean isSound(Path entry, boolean readAll) {
    if (!Files.isDirectory(entry)) {
      return false;
    }
    KnownFiles known = new KnownFiles(entry);
    if (known.areKnown()) {
      return known.changed(readAll).isEmpty();
    }
    try (Stream<Path> files = Files.list(entry)) {
      if (files.findAny().isEmpty()) {
        return false;
      }
    } catch (IOException e) {
      throw FileException.reading(entry, e);
    }
    if (Files.isWritable(entry)) {
      known.write();
    }
    return true;
  }

  /** Whether an entry is there and, as far as length and time of its files tell, what it was. */
  boolean isSound(String relative) {
    return isSound(entry(relative), false);
  }

  /**
   * Reads all of a model, and removes it if it is not what it was: it is then fetched, or made,
   * when it is wanted next.
   *
   * @return whether it was sound
   */
  boolean verify(CachedModel model) {
    TrustedFolder.require(root, model.path());
    boolean sound = isSound(model.path(), true);
    if (!sound) {
      FileTree.delete(model.path());
    }
    return sound;
  }

  private static FileLock lock(FileChannel channel, String what, DownloadListener listener)
      throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    listener.waiting(what);
    return channel.lock();
  }

  /** Dots keep locks and parts from being taken for entries. */
  private static Path sibling(Path entry, String purpose) {
    return entry.resolveSibling("." + entry.getFileName() + "." + purpose);
  }
}
