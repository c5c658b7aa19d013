// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.download.MavenRepositories;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings plugins into the plugins folder. One that would be refused there is not installed; the
 * plugin that is replaced by another version of it stays until the new one is ready.
 */
public final class PluginInstallation {

  private final PluginFolder folder;
  private final List<RegisteredTask> builtIn;
  private final MavenRepositories repositories;
  private final Consumer<Class<?>> options;

  /**
   * @param folder the plugins folder
   * @param builtIn the application's own tasks
   * @param repositories where Maven artifacts are looked for; its listener receives the progress of
   *     all downloads
   * @param options checks an option interface as a run does, without values; throws an {@link
   *     IllegalArgumentException} that says what cannot be bound
   */
  public PluginInstallation(
      PluginFolder folder,
      List<RegisteredTask> builtIn,
      MavenRepositories repositories,
      Consumer<Class<?>> options) {
    this.folder = folder;
    this.builtIn = builtIn;
    this.repositories = repositories;
    this.options = options;
  }

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
    return folder.installing(
        staging -> {
          try {
            return install(from, from.fetch(staging));
          } catch (IOException e) {
            throw FileException.writing(staging, e);
          }
        });
  }

  private Installed install(PluginSource source, Path staged) throws IOException {
    InstalledPlugins others = InstalledPlugins.load(folder, builtIn);
    List<InstalledPlugin> replaced;
    Path named;
    PluginRecord record;
    // Closed before it is moved.
    try (InstalledPlugin plugin = PluginLoader.load(PluginFiles.at(staged))) {
      replaced = others.all().stream().filter(other -> replaces(plugin, other)).toList();
      requireAccepted(checked(plugin, others, replaced), staged);
      named = staged.resolveSibling(name(plugin, source));
      record = PluginRecord.of(source.origin(), plugin.files(), plugin.tasks());
    }
    requireFree(named.getFileName().toString(), others, replaced);
    Files.move(staged, named);
    for (InstalledPlugin old : replaced) {
      old.close();
    }
    PluginFiles placed =
        folder.place(named, record, replaced.stream().map(InstalledPlugin::files).toList());
    return new Installed(PluginLoader.load(placed), source.origin(), replaced);
  }

  /** A folder's name, such as {@code target}, says little; its plugin's says more. */
  private static String name(InstalledPlugin plugin, PluginSource source) {
    String given = plugin.path().getFileName().toString();
    return source instanceof PluginSource.Local && Files.isDirectory(plugin.path())
        ? plugin
            .release()
            .coordinates()
            .map(maven -> maven.artifact() + "-" + maven.version())
            .orElse(given)
        : given;
  }

  /** A name that is taken by chance is no reason to lose the plugin that has it. */
  private void requireFree(String file, InstalledPlugins others, List<InstalledPlugin> replaced) {
    String name = PluginFiles.name(file);
    others.all().stream()
        .filter(other -> !replaced.contains(other) && other.files().name().equals(name))
        .findFirst()
        .ifPresent(
            other -> {
              throw new UserException(
                  "another plugin (%s) is installed as %s"
                      .formatted(other.release().title(), other.path()),
                  new RemovePlugin(name));
            });
  }

  /**
   * Checks a plugin without installing it, as it would be checked to be installed. What can be
   * refused unrun is: then nothing of it has run, nor of the installed ones.
   */
  public InstalledPlugin check(Path path) {
    InstalledPlugin plugin = PluginLoader.load(PluginFiles.at(path));
    if (!plugin.accepted()) {
      return plugin;
    }
    InstalledPlugins others = InstalledPlugins.load(folder, builtIn);
    return checked(
        plugin, others, others.all().stream().filter(other -> replaces(plugin, other)).toList());
  }

  /** A plugin that is refused cannot tell what it is a version of, unless it has coordinates. */
  private static boolean replaces(InstalledPlugin plugin, InstalledPlugin other) {
    boolean unknown = !other.accepted() && other.release().coordinates().isEmpty();
    return plugin.isVersionOf(other)
        || unknown && plugin.files().name().equals(other.files().name());
  }

  private InstalledPlugin checked(
      InstalledPlugin plugin, InstalledPlugins others, List<InstalledPlugin> replaced) {
    List<InstalledPlugin> staying =
        others.all().stream().filter(other -> !replaced.contains(other)).toList();
    List<Refusal> refusals = new ArrayList<>(TakenNames.of(plugin, builtIn, staying));
    plugin.tasks().stream()
        .map(this::optionsProblem)
        .flatMap(Optional::stream)
        .forEach(refusals::add);
    return plugin.refused(refusals);
  }

  /**
   * Found when a run begins as well; but its author, or whoever installs it, should know before.
   */
  private Optional<Refusal> optionsProblem(RegisteredTask task) {
    try {
      options.accept(task.plugin().optionsType());
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      Optional<LinkageAdvice> advice = LinkageAdvice.of(e);
      return Optional.of(
          new Refusal(
              task.origin().path(),
              "the options of its task '%s' cannot be used: %s"
                  .formatted(
                      task.name(),
                      advice
                          .map(LinkageAdvice::problem)
                          .orElse(
                              e instanceof IllegalArgumentException
                                  ? e.getMessage()
                                  : e.toString())),
              advice.map(LinkageAdvice::remedy).orElse("its author corrects that")));
    }
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
