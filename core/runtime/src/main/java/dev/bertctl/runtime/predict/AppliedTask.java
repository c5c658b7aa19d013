// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.saved.SavedPlugin;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.spi.TaskPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task that is applied to a model as if the model had been saved for it. */
final class AppliedTask {

  private AppliedTask() {}

  /**
   * What would have been saved.
   *
   * @param values settings by key, which replace the task's own defaults and what the model's
   *     folder declares
   * @throws dev.bertctl.runtime.options.ConfigException naming all settings that are wrong
   */
  static <O> SavedTask of(
      TaskPlugin<O> plugin, PretrainedModel pretrained, Map<String, String> values) {
    Schema schema = Schema.of(List.of(SavedSettings.class, plugin.optionsType()));
    Binder binder = new Binder(schema);
    Origin origin = Origin.of("task '%s' of %s".formatted(plugin.name(), pretrained.reference()));
    plugin
        .defaultSettings()
        .forEach(
            (key, text) -> {
              // Others are of training.
              if (schema.find(key).isPresent()) {
                binder.add(Value.scalar(key, text, origin));
              }
            });
    if (schema.find(DeclaredPooling.OPTION).isPresent()
        && !values.containsKey(DeclaredPooling.OPTION)) {
      DeclaredPooling.of(pretrained).ifPresent(binder::add);
    }
    values.forEach((key, text) -> binder.add(Value.scalar(key, text, origin)));
    Binder.Bound bound = binder.bind(origin, "Give it a value.");
    PluginRelease release = PluginRelease.of(plugin);
    return new SavedTask(
        pretrained.directory(),
        plugin.name(),
        new SavedPlugin(release.name(), release.version(), Optional.empty()),
        plugin.create(bound.as(plugin.optionsType())).head().labels(),
        bound.texts(),
        Temperature.NONE);
  }
}
