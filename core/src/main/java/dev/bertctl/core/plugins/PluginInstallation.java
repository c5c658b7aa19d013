// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.plugins;

import dev.bertctl.core.UserException;
import dev.bertctl.core.download.MavenRepositories;
import dev.bertctl.core.files.FileException;
import dev.bertctl.core.files.FileTree;
import dev.bertctl.core.tasks.RegisteredTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings plugins into the plugins folder. One that would be refused there is not installed; the
 * plugin that is replaced by another version of it stays until the new one is ready.
 *
 * @param folder the plugins folder
 * @param builtIn the application's own tasks
 * @param repositories where Maven artifacts are looked for; its listener hears of all downloads
 */
public record PluginInstallation(
    PluginFolder folder, List<RegisteredTask> builtIn, MavenRepositories repositories) {

  /**
   * What was done.
   *
   * @param plugin the plugin, in its place
   * @param origin where it came from
   * @param replaced the versions of it that were there before
   */
  public record Installed(InstalledPlugin plugin, String origin, List<InstalledPlugin> replaced) {}

  /**
   * Installs a plugin.
   *
   * @param source {@code maven:group:artifact:version}, an http or https address of a jar, or the
   *     path of a jar or of a folder of jars
   * @throws UserException if it cannot be had, or would be refused
   */
  public Installed install(String source) {
    PluginSource from = PluginSource.parse(source, repositories);
    Path staging = folder.stagingFolder();
    try {
      try {
        return install(from, from.fetch(staging));
      } finally {
        FileTree.delete(staging);
      }
    } catch (IOException e) {
      throw FileException.writing(staging, e);
    }
  }

  private Installed install(PluginSource source, Path staged) throws IOException {
    InstalledPlugins others = InstalledPlugins.load(folder, builtIn);
    List<InstalledPlugin> replaced;
    // Closed before it is moved.
    try (InstalledPlugin plugin = PluginLoader.load(PluginFiles.at(staged))) {
      replaced = others.all().stream().filter(other -> replaces(plugin, other)).toList();
      requireAccepted(withConflicts(plugin, others, replaced), staged);
    }
    for (InstalledPlugin old : replaced) {
      old.close();
    }
    PluginFiles placed =
        folder.place(
            staged, source.origin(), replaced.stream().map(InstalledPlugin::files).toList());
    return new Installed(PluginLoader.load(placed), source.origin(), replaced);
  }

  /** Checks a plugin without installing it, as it would be checked to be installed. */
  public InstalledPlugin check(Path path) {
    InstalledPlugins others = InstalledPlugins.load(folder, builtIn);
    InstalledPlugin plugin = PluginLoader.load(PluginFiles.at(path));
    return withConflicts(
        plugin, others, others.all().stream().filter(other -> replaces(plugin, other)).toList());
  }

  private static boolean replaces(InstalledPlugin plugin, InstalledPlugin other) {
    return plugin.isVersionOf(other) || plugin.files().name().equals(other.files().name());
  }

  private InstalledPlugin withConflicts(
      InstalledPlugin plugin, InstalledPlugins others, List<InstalledPlugin> replaced) {
    List<InstalledPlugin> staying =
        others.all().stream().filter(other -> !replaced.contains(other)).toList();
    return plugin.refused(InstalledPlugins.taken(plugin, builtIn, staying));
  }

  private static void requireAccepted(InstalledPlugin plugin, Path staged) {
    if (!plugin.accepted()) {
      throw new UserException(
          plugin.refusals().stream()
              .map(refusal -> refusal.of(staged.getParent().relativize(refusal.jar())))
              .map(Refusal::toString)
              .collect(Collectors.joining("\n")));
    }
  }
}
