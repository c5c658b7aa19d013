// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.ItemKeys;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Setting;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a configuration to begin with, from the interfaces that declare the settings.
 *
 * <p>What is essential or must be given, and what the task has a default of its own for, stands as
 * it is. With all settings, the others that have a default follow behind a {@code #} without a
 * space after it, so that removing it is all there is to do; those without a default are described.
 */
public final class ConfigurationTemplate {

  private static final int WIDTH = 96;

  private final TaskPlugin<?> plugin;
  private final boolean all;
  private final StringBuilder text = new StringBuilder();

  private ConfigurationTemplate(TaskPlugin<?> plugin, boolean all) {
    this.plugin = plugin;
    this.all = all;
  }

  /**
   * The text of the file.
   *
   * @param all whether every setting is in it, or the essential ones only
   */
  public static String of(TaskPlugin<?> plugin, boolean all) {
    return new ConfigurationTemplate(plugin, all).write();
  }

  private String write() {
    comment("", "%s: %s".formatted(plugin.name(), plugin.summary()));
    comment("", "Paths are relative to this file. Any key can be set on the command line, too:");
    comment("", "bertctl run %s --config app.yaml --set train.epochs=1".formatted(plugin.name()));
    if (all) {
      comment(
          "",
          "A line that begins with # and no space after it is a default; remove the # to change it.");
    }
    group("", Level.of(Schema.of(List.of(RunSettings.class)).settings()));
    group("", Level.of(Schema.of(List.of(SearchSettings.Section.class)).settings()));
    Level own = Level.of(Schema.of(List.of(plugin.optionsType())).settings());
    text.append('\n');
    if (isLive(own)) {
      text.append("tasks:\n  %s:\n".formatted(plugin.name()));
    } else {
      text.append("tasks:\n  %s: {}\n".formatted(plugin.name()));
    }
    group("    ", own);
    return text.toString();
  }

  /** Settings without keys below them come first, as they are read first. */
  private void group(String indent, Level level) {
    level.settings().values().forEach(setting -> setting(indent, setting));
    level
        .groups()
        .forEach(
            (name, group) -> {
              if (isShown(group)) {
                text.append(indent.isEmpty() ? "\n" : "");
                text.append(indent).append(isLive(group) ? "" : "#").append(name).append(":\n");
                group(indent + "  ", group);
              }
            });
  }

  private void setting(String indent, Setting setting) {
    if (!all && !isLive(setting)) {
      return;
    }
    boolean first = text.toString().endsWith(":\n");
    text.append(first ? "" : "\n");
    String name = setting.key().substring(setting.key().lastIndexOf('.') + 1);
    Optional<String> value = value(setting);
    if (value.isEmpty()) {
      comment(indent, "%s: %s %s".formatted(fullName(setting), setting.doc(), kind(setting)));
      if (isLive(setting)) {
        text.append(indent).append(name).append(":\n");
      }
      return;
    }
    comment(indent, setting.doc() + " " + kind(setting));
    text.append(indent)
        .append(isLive(setting) ? "" : "#")
        .append(name)
        .append(": ")
        .append(ResolvedYaml.inline(setting, value.get()))
        .append('\n');
  }

  private static String fullName(Setting setting) {
    return ConfigurationReference.key(setting);
  }

  private static String kind(Setting setting) {
    return ConfigurationReference.kind(setting);
  }

  private Optional<String> value(Setting setting) {
    return Optional.ofNullable(plugin.defaultSettings().get(setting.key()))
        .or(() -> setting.essential().map(Essential::value).filter(text -> !text.isEmpty()))
        .map(text -> setting.type() == Path.class ? withEnding(text) : text)
        .or(setting::defaultValue)
        .filter(text -> !setting.key().contains(ItemKeys.ANY));
  }

  /** Examples of files are named without ending, as it is the task that says it. */
  private String withEnding(String file) {
    DataFile.Format format = plugin.usualFormat().orElse(DataFile.Format.JSONL);
    return file + (format == DataFile.Format.TEXT ? ".txt" : "." + format);
  }

  private boolean isLive(Setting setting) {
    return !setting.key().contains(ItemKeys.ANY)
        && (setting.required()
            || setting.essential().isPresent()
            || plugin.defaultSettings().containsKey(setting.key()));
  }

  private boolean isLive(Level level) {
    return level.all().anyMatch(this::isLive);
  }

  private boolean isShown(Level level) {
    return all || isLive(level);
  }

  private void comment(String indent, String words) {
    StringBuilder line = new StringBuilder(indent + "#");
    for (String word : words.strip().split("\\s+")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + "#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** A level of keys: the settings there, and the groups below. */
  private record Level(Map<String, Setting> settings, Map<String, Level> groups) {

    static Level of(Iterable<Setting> settings) {
      Level top = new Level(new LinkedHashMap<>(), new LinkedHashMap<>());
      Setting last = null;
      for (Setting setting : settings) {
        boolean below = last != null && setting.key().startsWith(last.key() + ".");
        top.put(setting, below ? new String[] {setting.key()} : setting.key().split("\\."));
        last = below ? last : setting;
      }
      return top;
    }

    private void put(Setting setting, String[] names) {
      Level level = this;
      for (int i = 0; i < names.length - 1; i++) {
        level =
            level.groups.computeIfAbsent(
                names[i], name -> new Level(new LinkedHashMap<>(), new LinkedHashMap<>()));
      }
      level.settings.put(setting.key(), setting);
    }

    Stream<Setting> all() {
      List<Stream<Setting>> parts = new ArrayList<>();
      parts.add(settings.values().stream());
      groups.values().forEach(group -> parts.add(group.all()));
      return parts.stream().flatMap(part -> part);
    }
  }
}
