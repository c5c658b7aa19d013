// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Setting;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.runtime.options.ValueCheck;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where each setting was written, so that what turns out wrong later can still be located. */
public final class Origins {

  private final Origin place;
  private final Origin defaults;
  private final Map<String, Value> values;

  /**
   * @param place the configuration as a whole
   * @param defaults the origin of the task's own defaults, which are no user's words
   * @param values what was given, by key
   */
  Origins(Origin place, Origin defaults, Map<String, Value> values) {
    this.place = place;
    this.defaults = defaults;
    this.values = Map.copyOf(values);
  }

  /**
   * These origins, but for some settings those of another configuration.
   *
   * @param keys settings; of lists and maps all that is below them
   */
  Origins with(Collection<String> keys, Origins others) {
    Map<String, Value> mixed = new LinkedHashMap<>(values);
    mixed.keySet().removeIf(key -> isOf(keys, key));
    others.values.forEach(
        (key, value) -> {
          if (isOf(keys, key)) {
            mixed.put(key, value);
          }
        });
    return new Origins(place, defaults, mixed);
  }

  private static boolean isOf(Collection<String> keys, String key) {
    return keys.stream()
        .anyMatch(of -> key.equals(of) || key.startsWith(of + ".") || key.startsWith(of + "["));
  }

  /** Where the user set a setting, such as {@code app.yaml:12}; empty where nobody did. */
  Optional<String> given(String key) {
    return Optional.ofNullable(values.get(key))
        .map(Value::origin)
        .filter(origin -> !origin.equals(defaults))
        .map(Origin::toString);
  }

  /** The value that a text stands for where the configuration was written. */
  String resolve(Setting setting, String text) {
    return ValueCheck.text(setting, text, place);
  }

  /**
   * Place and full key of a setting, such as {@code app.yaml:12: tasks.nli.labels}; without line
   * for what was not written at all.
   */
  public String of(String key) {
    Value value = values.get(key);
    return value == null
        ? "%s: %s".formatted(place, key)
        : "%s: %s".formatted(value.origin(), value.path());
  }
}
