// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Setting;
import dev.bertctl.spi.TaskPlugin;
import io.smallrye.config.common.utils.StringUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A setting as a run would use it.
 *
 * @param key its key within the task, such as {@code train.epochs}
 * @param value a text, number or boolean, or a list of such
 * @param defaultValue the task's own default, or else the general one; empty if there is none
 * @param defaultText the default as it would stand in a file
 * @param origin where the user set it, such as {@code app.yaml:7}; empty where nobody did
 */
public record ResolvedSetting(
    String key,
    Object value,
    Optional<Object> defaultValue,
    Optional<String> defaultText,
    Optional<String> origin) {

  /** All settings and options of a configuration that have a value. */
  public static List<ResolvedSetting> of(TaskConfig<?> config) {
    TaskPlugin<?> plugin = config.plugin();
    Schema schema = Schema.of(List.of(RunSettings.class, plugin.optionsType()));
    return config.values().entrySet().stream()
        .map(entry -> of(config, schema.find(entry.getKey()).orElseThrow(), entry))
        .toList();
  }

  private static ResolvedSetting of(
      TaskConfig<?> config, Setting setting, Map.Entry<String, String> entry) {
    Optional<String> ordinary =
        Optional.ofNullable(config.plugin().defaultSettings().get(entry.getKey()))
            .or(setting::defaultValue)
            .map(text -> config.origins().resolve(setting, text));
    return new ResolvedSetting(
        entry.getKey(),
        value(setting, entry.getValue()),
        ordinary.map(text -> value(setting, text)),
        ordinary.map(text -> ResolvedYaml.inline(setting, text)),
        config.origins().given(entry.getKey()));
  }

  private static Object value(Setting setting, String text) {
    return setting.form().isList()
        ? Arrays.stream(StringUtil.split(text)).map(item -> scalar(setting, item)).toList()
        : scalar(setting, text);
  }

  private static Object scalar(Setting setting, String text) {
    boolean plain =
        Number.class.isAssignableFrom(setting.type()) || setting.type() == Boolean.class;
    return plain ? Schema.CONVERTERS.requireConverter(setting.type()).convert(text) : text;
  }

  /** Whether it differs from its default; what has none differs. */
  public boolean changed() {
    return !defaultValue.equals(Optional.of(value));
  }
}
