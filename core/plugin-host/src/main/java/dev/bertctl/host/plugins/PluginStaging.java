// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.files.ExclusiveFolder;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.OneAtATime;
import dev.bertctl.runtime.files.TrustedFolder;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Where changes to the plugins folder are made ready: its hidden folder {@code .staging}. A change
 * takes several steps, and the process may be killed between any two of them. So it is written down
 * first, in one step; from then on it counts, and whoever comes next and finds it there carries it
 * out. Each step may be repeated.
 */
final class PluginStaging {

  private static final String ORIGIN = ".origin.json";

  private final Path root;
  private final Path folder;
  private final Path change;
  private final Path plugin;

  /**
   * @param root the plugins folder
   */
  PluginStaging(Path root) {
    this.root = root;
    this.folder = root.resolve(".staging");
    this.change = folder.resolve("change.json");
    this.plugin = folder.resolve("plugin");
  }

  /**
   * Works in it while no other process does.
   *
   * @param work is given an empty folder, which is gone afterwards
   * @throws dev.bertctl.runtime.UserException if another process does already
   */
  <T> T alone(Function<Path, T> work) {
    TrustedFolder.create(root);
    return ExclusiveFolder.work(
        folder,
        new OneAtATime(),
        () -> {
          carryOut();
          FileTree.clear(plugin);
          try {
            return work.apply(plugin);
          } finally {
            FileTree.delete(plugin);
          }
        });
  }

  /** Carries out what a process that was killed had written down. */
  void settle() {
    if (Files.exists(change)) {
      alone(empty -> null);
    }
  }

  /**
   * Changes the plugins folder; see {@link #alone}.
   *
   * @throws FileException if the file system refuses: before the change is written down, nothing
   *     has changed
   */
  void apply(PluginChange wanted) {
    wanted
        .placed()
        .ifPresent(
            placed ->
                PluginFiles.at(plugin.resolve(placed.name())).jars().forEach(WholeFile::force));
    TrustedFolder.closeAll(plugin);
    wanted.write(change);
    carryOut();
  }

  private void carryOut() {
    if (Files.exists(change)) {
      PluginChange wanted = PluginChange.read(change);
      wanted.placed().ifPresent(placed -> place(placed.name()));
      wanted.removed().forEach(name -> remove(root.resolve(name)));
      wanted.placed().ifPresent(this::writeRecord);
      FileTree.delete(change);
    }
  }

  /** A folder that holds something else stays. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (DirectoryNotEmptyException others) {
      // They are the user's.
    } catch (IOException e) {
      throw FileException.removing(file, e);
    }
  }

  private void place(String name) {
    Path staged = plugin.resolve(name);
    // Gone if that much was done before the process was killed.
    if (Files.exists(staged)) {
      FileTree.delete(root.resolve(name));
      FileTree.replace(staged, root.resolve(name));
    }
  }

  private void writeRecord(PluginChange.Placed placed) {
    Path file = root.resolve(origin(PluginFiles.at(root.resolve(placed.name()))));
    JsonFile.write(file, placed.record().fields());
  }

  /** Name of the file that says where a plugin came from and what it provides. */
  static String origin(PluginFiles entry) {
    return entry.name() + ORIGIN;
  }
}
