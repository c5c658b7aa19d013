// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.host.plugins.PluginFailure;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.ItemKeys;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.spi.TaskPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of one task, from app.yaml and assignments.
 *
 * <p>From weakest to strongest: defaults, the task's own defaults, the file's top-level settings,
 * the file's section {@code tasks.NAME}, an assignment to {@code key}, one to {@code
 * tasks.NAME.key}. A list replaces a list, except that an assignment may be to a key of one item of
 * it, as in {@code train.parameter-groups[0].frozen}; maps are merged key by key. Sections of other
 * tasks are not looked into.
 */
public final class AppConfig {

  private AppConfig() {}

  /**
   * Reads a configuration file. Its relative paths are relative to its folder, those of assignments
   * to the working directory.
   *
   * @param file app.yaml
   * @param plugin the task it is read for
   * @param assignments what the command line says, the last one being the strongest
   * @throws ConfigException naming everything that is wrong
   */
  public static <O> TaskConfig<O> load(
      Path file, TaskPlugin<O> plugin, List<Assignment> assignments) {
    YamlFile yaml = YamlFile.read(file);
    Binder binder = binder(plugin, schema(plugin));
    Layers layers = new Layers(plugin.name(), false, binder);
    layers.add(yaml);
    layers.add(assignments);
    return bind(plugin, binder, yaml.origin(), whereToSet(plugin));
  }

  /** What to do about a setting that a file lacks. */
  static String whereToSet(TaskPlugin<?> plugin) {
    return "Set it at the top level or under 'tasks.%s'.".formatted(plugin.name());
  }

  /**
   * Makes a configuration of values saved earlier, such as those in a saved model. Relative paths
   * are relative to the working directory.
   *
   * @param values values by key, lists separated by commas; as in {@link TaskConfig#values()}
   * @param place where they were saved, for messages
   * @param plugin the task
   * @param assignments what the command line says, the last one being the strongest
   * @throws ConfigException naming everything that is wrong
   */
  public static <O> TaskConfig<O> of(
      Map<String, String> values,
      String place,
      TaskPlugin<O> plugin,
      List<Assignment> assignments) {
    Binder binder = binder(plugin, schema(plugin));
    Origin origin = Origin.of(place);
    binder.clearListsOf(values.keySet());
    values.forEach((key, text) -> binder.add(Value.scalar(key, text, origin)));
    new Layers(plugin.name(), false, binder).add(assignments);
    return bind(plugin, binder, origin, "Give it a value.");
  }

  /**
   * Checks a plugin's option interface as a run does, without values.
   *
   * @throws IllegalArgumentException saying what cannot be bound
   */
  public static void checkOptions(Class<?> type) {
    Schema.of(List.of(RunSettings.class, type));
  }

  /** Several values as the one text that an assignment, or a value saved earlier, is. */
  public static String list(Collection<?> items) {
    return Value.join(items.stream().map(Object::toString).toList());
  }

  /**
   * A configuration with some settings or options replaced.
   *
   * @param options plain values by key, as they would stand in a file
   * @param place where they were found, for messages
   */
  static <O> TaskConfig<O> with(TaskConfig<O> config, Map<String, ?> options, String place) {
    Map<String, String> values = new LinkedHashMap<>(config.values());
    options.forEach(
        (key, value) -> {
          values.keySet().removeIf(old -> old.startsWith(key + "["));
          put(key, value, values);
        });
    return of(values, place, config.plugin(), List.of());
  }

  /** A configuration without a setting. */
  static <O> TaskConfig<O> without(TaskConfig<O> config, String key) {
    Map<String, String> values = new LinkedHashMap<>(config.values());
    values.remove(key);
    return of(values, "without '%s'".formatted(key), config.plugin(), List.of());
  }

  private static void put(String key, Object value, Map<String, String> values) {
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, part) -> put(key + "." + name, part, values));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        put(ItemKeys.item(key, i), list.get(i), values);
      }
    } else if (value instanceof List<?> list) {
      values.put(key, list(list));
    } else {
      values.put(key, value.toString());
    }
  }

  /** Begins with the task's own defaults, which anything else replaces. */
  static Binder binder(TaskPlugin<?> plugin, Schema schema) {
    Binder binder = new Binder(schema);
    Origin origin = defaults(plugin);
    plugin.defaultSettings().forEach((key, text) -> binder.add(Value.scalar(key, text, origin)));
    return binder;
  }

  private static Origin defaults(TaskPlugin<?> plugin) {
    return Origin.of("the defaults of task '%s'".formatted(plugin.name()));
  }

  /**
   * The settings of a task.
   *
   * @param more interfaces that declare others
   */
  static Schema schema(TaskPlugin<?> plugin, Class<?>... more) {
    List<Class<?>> interfaces = new ArrayList<>(List.of(RunSettings.class, plugin.optionsType()));
    interfaces.addAll(List.of(more));
    try {
      return Schema.of(interfaces);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "the plugin of task '%s' (%s) cannot be used: %s"
              .formatted(plugin.name(), plugin.getClass().getName(), e.getMessage()),
          e);
    } catch (LinkageError | TypeNotPresentException e) {
      Optional<String> why = PluginFailure.explain(plugin, e);
      if (why.isEmpty()) {
        throw e;
      }
      throw new UserException(why.get(), e);
    }
  }

  private static <O> TaskConfig<O> bind(
      TaskPlugin<O> plugin, Binder binder, Origin place, String remedy) {
    return of(plugin, binder.bind(place, remedy), place);
  }

  /** Of values among which there may be others than the task's. */
  static <O> TaskConfig<O> of(TaskPlugin<O> plugin, Binder.Bound bound, Origin place) {
    return new TaskConfig<>(
        plugin,
        bound.as(RunSettings.class),
        bound.as(plugin.optionsType()),
        bound.textsOf(schema(plugin)),
        bound.textsOf(Schema.of(List.of(plugin.optionsType()))),
        new Origins(place, defaults(plugin), bound.values()));
  }
}
