// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.PluginOrigin;
import dev.bertctl.runtime.registry.PluginRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plugin of the plugins folder, as it is known without running anything of it.
 *
 * @param files its jars
 * @param release which release of which plugin it is
 * @param tasks what it told of its tasks when it was installed
 * @param undescribed the classes that its services file names, if what they provide is not known
 * @param from where it was installed from, if it was installed by command
 * @param refusals why it is not used; what only running it can tell is not among them
 */
public record ListedPlugin(
    PluginFiles files,
    PluginRelease release,
    List<ListedTask> tasks,
    List<String> undescribed,
    Optional<String> from,
    List<Refusal> refusals)
    implements PluginDescription {

  /** Looks at a plugin's files. */
  static ListedPlugin of(PluginFiles files, StaticCheck check, Optional<PluginRecord> kept) {
    boolean refused = !check.refusals().isEmpty();
    Optional<PluginRecord> described = kept.filter(known -> !refused && known.describes(files));
    PluginOrigin jar = new PluginOrigin(Optional.empty(), Optional.of(check.jar()));
    return new ListedPlugin(
        files,
        check.release(),
        described.stream()
            .flatMap(known -> known.tasks().stream())
            .map(task -> new ListedTask(task.name(), task.summary(), jar, check.release()))
            .toList(),
        refused || described.isPresent() ? List.of() : check.providers(),
        kept.flatMap(PluginRecord::from),
        check.refusals());
  }

  /** Why its tasks are not known, if they are not. */
  public Optional<String> note() {
    return undescribed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "plugin %s (%s) was not installed by `bertctl plugins install`, or has changed since: it is looked into when a task is used"
                .formatted(path(), String.join(", ", undescribed)));
  }

  ListedPlugin refused(List<Refusal> more) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(more);
    return new ListedPlugin(files, release, tasks, undescribed, from, List.copyOf(all));
  }
}
