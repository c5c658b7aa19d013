// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A plugin of the plugins folder, loaded. It is used whole or not at all. */
public final class InstalledPlugin implements PluginDescription, Closeable {

  private final PluginFiles files;
  private final PluginRelease release;
  private final List<RegisteredTask> tasks;
  private final List<Refusal> refusals;
  private final Closeable classes;

  /**
   * @param files its jars
   * @param release which release of which plugin it is
   * @param tasks what it provides; of a refused plugin only if their names are why it is refused
   * @param refusals why it is not used; empty if it is
   * @param classes its class loader, which is open as long as the plugin is in use
   */
  InstalledPlugin(
      PluginFiles files,
      PluginRelease release,
      List<RegisteredTask> tasks,
      List<Refusal> refusals,
      Closeable classes) {
    this.files = files;
    this.release = release;
    this.tasks = List.copyOf(tasks);
    this.refusals = List.copyOf(refusals);
    this.classes = classes;
  }

  @Override
  public PluginFiles files() {
    return files;
  }

  @Override
  public PluginRelease release() {
    return release;
  }

  @Override
  public List<RegisteredTask> tasks() {
    return tasks;
  }

  @Override
  public List<Refusal> refusals() {
    return refusals;
  }

  /** Its class loader, which is open as long as the plugin is in use. */
  Closeable classes() {
    return classes;
  }

  /**
   * What is worth knowing of a plugin that is used, for whoever installs or makes it; a sentence
   * each.
   */
  public List<String> notes() {
    List<String> missing = MissingClasses.of(this).map(MissingClasses::others).orElse(List.of());
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "its classes name %s%s, which %s in none of its jars; if it is more than an option, install it by its Maven coordinates, which brings what it depends on, or from a folder with all its jars"
                .formatted(
                    missing.get(0),
                    missing.size() == 1 ? "" : " and %d more".formatted(missing.size() - 1),
                    missing.size() == 1 ? "is" : "are"));
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }

  InstalledPlugin refused(List<Refusal> more) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(more);
    return new InstalledPlugin(files, release, tasks, all, classes);
  }

  /**
   * Whether the other is this plugin in another version: group and artifact are the same or, where
   * one of them has none, a task's name and class are.
   */
  boolean isVersionOf(InstalledPlugin other) {
    if (release.coordinates().isPresent() && other.release.coordinates().isPresent()) {
      return release.coordinates().get().sameArtifact(other.release.coordinates().get());
    }
    return tasks.stream().anyMatch(mine -> other.tasks.stream().anyMatch(its -> same(mine, its)));
  }

  private static boolean same(RegisteredTask one, RegisteredTask other) {
    return one.name().equals(other.name())
        && one.plugin().getClass().getName().equals(other.plugin().getClass().getName());
  }
}
