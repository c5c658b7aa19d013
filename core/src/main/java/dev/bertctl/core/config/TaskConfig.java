// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.TaskOptions;
import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of one task, complete and checked.
 *
 * @param plugin the task's plugin
 * @param settings what all tasks have
 * @param options the task's own options
 * @param values settings and options as texts by key, defaults included; lists are separated by
 *     commas
 * @param optionValues the part of the values that is the task's own options: with them {@link
 *     TaskOptions#bind} makes the same options again
 * @param origins where each value was written
 * @param <O> the task's own options
 */
public record TaskConfig<O>(
    TaskPlugin<O> plugin,
    RunSettings settings,
    O options,
    Map<String, String> values,
    Map<String, String> optionValues,
    Origins origins) {

  /** Copies the maps, keeping their order. */
  public TaskConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    optionValues = Collections.unmodifiableMap(new LinkedHashMap<>(optionValues));
  }

  /**
   * Makes the task.
   *
   * @throws ConfigException with file and line of the option that the plugin refuses
   * @throws UserException if the plugin gives none
   */
  public Task<?, ?> createTask() {
    try {
      Task<?, ?> task = plugin.create(options);
      if (task == null) {
        throw new UserException(
            "the plugin of task '%s' (%s) cannot be used: its create gives null; its author corrects that"
                .formatted(plugin.name(), plugin.getClass().getName()));
      }
      requireLabels(task.head().labels());
      return task;
    } catch (OptionException e) {
      throw wrong(e.option(), e.getMessage());
    }
  }

  /** Synonyms are of the task's labels, and each of one only. */
  private void requireLabels(List<String> labels) {
    Map<String, String> meanings = new LinkedHashMap<>();
    settings
        .labelSynonyms()
        .forEach(
            (label, spellings) -> {
              String key = "label-synonyms." + label;
              if (!labels.isEmpty() && !labels.contains(label)) {
                throw wrong(
                    key,
                    "the task has no label '%s'; its labels, in order: %s"
                        .formatted(label, String.join(", ", labels)));
              }
              for (String spelling : spellings) {
                if (labels.contains(spelling) && !spelling.equals(label)) {
                  throw wrong(key, "'%s' is a label of the task itself".formatted(spelling));
                }
                String other = meanings.putIfAbsent(spelling, label);
                if (other != null && !other.equals(label)) {
                  throw wrong(
                      key, "'%s' is already another spelling of '%s'".formatted(spelling, other));
                }
              }
            });
  }

  /**
   * This configuration with options that were found in data.
   *
   * @param found plain values of the task's own options by name, as they would stand in a file
   * @param place where they were found, for messages
   * @throws ConfigException if the task has no such option, or the value does not fit it
   */
  public TaskConfig<O> with(Map<String, Object> found, String place) {
    TaskConfig<O> completed = AppConfig.with(this, found, place);
    return new TaskConfig<>(
        plugin,
        settings,
        completed.options(),
        completed.values(),
        completed.optionValues(),
        origins);
  }

  /**
   * This configuration with settings or options replaced, as for one of several runs.
   *
   * @param replaced plain values by key, as they would stand in a file
   * @param place who replaces them, for messages
   * @throws ConfigException if there is no such setting, or the value does not fit it
   */
  public TaskConfig<O> withSettings(Map<String, ?> replaced, String place) {
    TaskConfig<O> changed = AppConfig.with(this, replaced, place);
    return new TaskConfig<>(
        plugin,
        changed.settings(),
        changed.options(),
        changed.values(),
        changed.optionValues(),
        origins.with(replaced.keySet(), changed.origins()));
  }

  /**
   * This configuration without a setting.
   *
   * @param key a setting that may be left out and has no default
   */
  public TaskConfig<O> without(String key) {
    TaskConfig<O> changed = AppConfig.without(this, key);
    return new TaskConfig<>(
        plugin,
        changed.settings(),
        changed.options(),
        changed.values(),
        changed.optionValues(),
        origins);
  }

  /** Whether the user set a setting; otherwise it has its default, or that of the task. */
  public boolean isGiven(String key) {
    return origins.given(key).isPresent();
  }

  /**
   * A setting that turned out to be wrong when it was used.
   *
   * @param key the setting, such as {@code labels} or {@code data.train}
   * @param problem what is wrong and what to do
   */
  public ConfigException wrong(String key, String problem) {
    return new ConfigException(origins.of(key) + ": " + problem);
  }

  /**
   * The configuration as it was used, defaults included and paths absolute, as a file that {@link
   * AppConfig#load} reads back to the same settings.
   */
  public String toYaml() {
    return ResolvedYaml.write(this);
  }

  /**
   * Some settings of the configuration, as a file.
   *
   * @param keys which ones
   * @param comments what stands behind a setting, by key
   */
  public String toYaml(Collection<String> keys, Map<String, String> comments) {
    return ResolvedYaml.write(this, keys, comments);
  }
}
