// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.TrustedFolder;
import dev.bertctl.runtime.json.JsonTokens;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of installed plugins: each a jar, or a folder of jars. Beside one that was installed
 * by command lies {@code NAME.origin.json}, which says where it came from and what it provides.
 */
public final class PluginFolder {

  private final Path root;
  private final PluginStaging staging;

  /**
   * @param root the folder; it is made when the first plugin is installed
   */
  public PluginFolder(Path root) {
    this.root = root;
    this.staging = new PluginStaging(root);
  }

  /** The folder; it is made when the first plugin is installed. */
  public Path root() {
    return root;
  }

  /** The folder that environment variables and home directory name. */
  public static PluginFolder of(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("BERTCTL_PLUGINS", "");
    if (!own.isEmpty()) {
      return new PluginFolder(Path.of(own).toAbsolutePath());
    }
    // The XDG specification says to ignore relative paths.
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path data =
        !xdg.isEmpty() && Path.of(xdg).isAbsolute() ? Path.of(xdg) : home.resolve(".local/share");
    return new PluginFolder(data.resolve("bertctl").resolve("plugins"));
  }

  /**
   * What lies in the folder, by name; names with a leading dot are not looked at.
   *
   * @throws UserException if others can write there: what is in it is run
   */
  List<PluginFiles> entries() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    TrustedFolder.require(root, root);
    staging.settle();
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> PluginFiles.isJar(file) || Files.isDirectory(file))
          .sorted()
          .peek(file -> TrustedFolder.require(root, file))
          .map(PluginFiles::at)
          .toList();
    } catch (IOException e) {
      throw FileException.reading(root, e);
    }
  }

  /**
   * Looks at each plugin.
   *
   * @param look is given a plugin's jars, and the libraries that need no check
   */
  <T> List<T> checked(BiFunction<PluginFiles, KnownLibraries, T> look) {
    KnownLibraries known = KnownLibraries.in(root);
    List<T> seen = entries().stream().map(files -> look.apply(files, known)).toList();
    known.save(root);
    return seen;
  }

  /** What is kept of a plugin, if it was installed by command. */
  Optional<PluginRecord> record(PluginFiles entry) {
    Path file = root.resolve(PluginStaging.origin(entry));
    return Files.isRegularFile(file)
        ? Optional.of(JsonTokens.read(file, PluginRecord::read))
        : Optional.empty();
  }

  /** Where a plugin was installed from, if it was installed by command. */
  Optional<String> origin(PluginFiles entry) {
    return record(entry).flatMap(PluginRecord::from);
  }

  /** Where a plugin that is in use was installed from; empty for one that is built in. */
  public static Optional<String> originOf(TaskPlugin<?> plugin) {
    return plugin.getClass().getClassLoader() instanceof PluginClassLoader classes
        ? new PluginFolder(classes.files().path().getParent()).origin(classes.files())
        : Optional.empty();
  }

  /** The jars of a plugin that is in use, its libraries' too; none of one that is built in. */
  public static List<Path> jarsOf(TaskPlugin<?> plugin) {
    return plugin.getClass().getClassLoader() instanceof PluginClassLoader classes
        ? classes.files().jars()
        : List.of();
  }

  /**
   * Works on an installation while no other process changes the folder.
   *
   * @param work is given an empty folder on the same disk, which is gone afterwards
   * @throws UserException if another process changes it already
   */
  <T> T installing(Function<Path, T> work) {
    return staging.alone(work);
  }

  /**
   * Puts a plugin in place, instead of others, all at once: a process that is killed has done all
   * of it, as whoever looks next sees it, or nothing.
   *
   * @param staged the jar or folder, in the folder that {@link #installing} gave
   * @param record what is kept of it
   * @param replaced the plugins to remove
   * @throws UserException if a folder that it replaces holds something else
   */
  PluginFiles place(Path staged, PluginRecord record, List<PluginFiles> replaced) {
    String name = staged.getFileName().toString();
    PluginFiles before = PluginFiles.at(root.resolve(name));
    others(before).stream()
        .findFirst()
        .ifPresent(
            other -> {
              throw new UserException(
                  "%s: is no file of the plugin whose folder is replaced; move it elsewhere, and install again"
                      .formatted(other));
            });
    List<String> removed =
        replaced.stream()
            .filter(old -> !old.path().equals(before.path()))
            .flatMap(this::names)
            .toList();
    staging.apply(new PluginChange(Optional.of(new PluginChange.Placed(name, record)), removed));
    return PluginFiles.at(root.resolve(name));
  }

  /** Removes a plugin and what is kept of it. */
  private Removed remove(PluginFiles entry) {
    List<Path> others = others(entry);
    staging.alone(
        empty -> {
          staging.apply(new PluginChange(Optional.empty(), names(entry).toList()));
          return null;
        });
    return new Removed(entry.path(), others);
  }

  /**
   * A plugin that was removed.
   *
   * @param path the jar or the folder
   * @param left files in the folder that are not the plugin's; they stay
   */
  public record Removed(Path path, List<Path> left) {}

  /** Names of the files that a plugin has. */
  private Stream<String> names(PluginFiles entry) {
    String name = entry.path().getFileName().toString();
    return Stream.concat(
        isFolder(entry)
            ? ownJars(entry).stream().map(jar -> name + "/" + jar.getFileName())
            : Stream.empty(),
        Stream.of(name, PluginStaging.origin(entry)));
  }

  /** Of a plugin that was put there by hand all jars; of an installed one those that it had. */
  private List<Path> ownJars(PluginFiles entry) {
    Set<String> installed = record(entry).map(kept -> kept.jars().keySet()).orElse(Set.of());
    return entry.jars().stream()
        .filter(
            jar -> {
              String name = jar.getFileName().toString();
              return !name.startsWith(".") && (installed.isEmpty() || installed.contains(name));
            })
        .toList();
  }

  /** What is in a plugin's folder and is not the plugin's. */
  private List<Path> others(PluginFiles entry) {
    if (!isFolder(entry)) {
      return List.of();
    }
    List<Path> own = ownJars(entry);
    try (Stream<Path> files = Files.list(entry.path())) {
      return files.filter(file -> !own.contains(file)).sorted().toList();
    } catch (IOException e) {
      throw FileException.reading(entry.path(), e);
    }
  }

  /** A link to a folder goes as the link that it is. */
  private static boolean isFolder(PluginFiles entry) {
    return Files.isDirectory(entry.path(), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Removes the plugin of a name: that of its file, its own, or one of its tasks'.
   *
   * @param listed lists the plugins; asked only if no file has the name
   * @return what was removed, and what was not
   * @throws UserException if none has that name, or several have
   */
  public Removed remove(String name, Supplier<ListedPlugins> listed) {
    List<PluginFiles> found =
        entries().stream()
            .filter(entry -> name.equals(entry.name()) || entry.path().endsWith(name))
            .toList();
    if (found.isEmpty()) {
      found =
          listed.get().all().stream()
              .filter(plugin -> plugin.isCalled(name))
              .map(ListedPlugin::files)
              .toList();
    }
    if (found.size() != 1) {
      throw new UserException(
          found.isEmpty()
              ? "no plugin '%s' in %s; there are: %s".formatted(name, root, names(entries()))
              : "'%s' is the name of several plugins; name one of these files: %s"
                  .formatted(name, names(found)));
    }
    return remove(found.get(0));
  }

  private static String names(List<PluginFiles> entries) {
    return entries.isEmpty()
        ? "none"
        : entries.stream()
            .map(entry -> entry.path().getFileName().toString())
            .collect(Collectors.joining(", "));
  }
}
