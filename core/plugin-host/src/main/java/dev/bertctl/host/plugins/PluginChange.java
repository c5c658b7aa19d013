// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.json.JsonTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to change in the plugins folder, as it is written down before anything does.
 *
 * @param placed the plugin that takes its place, if one does
 * @param removed what goes: files by name, those of a folder as {@code folder/file} before the
 *     folder, which goes if it is empty then
 */
record PluginChange(Optional<Placed> placed, List<String> removed) {

  private static final String PLUGIN = "plugin";
  private static final String REMOVED = "removed";
  private static final Pattern NAME = Pattern.compile("[^./\\\\][^/\\\\]*");
  private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + ")?");

  /**
   * A plugin that takes its place.
   *
   * @param name of its jar or folder
   * @param record what is kept of it
   */
  record Placed(String name, PluginRecord record) {}

  void write(Path file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    placed.ifPresent(
        plugin -> {
          fields.put(PLUGIN, plugin.name());
          fields.putAll(plugin.record().fields());
        });
    fields.put(REMOVED, removed);
    JsonFile.write(file, fields);
  }

  /**
   * Reads it.
   *
   * @throws UserException if it names anything but files of the folder
   */
  static PluginChange read(Path file) {
    ObjectNode fields = JsonFile.read(file);
    List<String> removed = new ArrayList<>();
    fields.path(REMOVED).forEach(name -> removed.add(plain(name.asText(), PATH, file)));
    return new PluginChange(
        Optional.ofNullable(fields.get(PLUGIN))
            .map(name -> new Placed(plain(name, file), JsonTokens.read(file, PluginRecord::read))),
        removed);
  }

  /** A name that led out of the folder would remove what is elsewhere. */
  private static String plain(JsonNode node, Path file) {
    return plain(node.asText(), NAME, file);
  }

  private static String plain(String name, Pattern allowed, Path file) {
    if (!allowed.matcher(name).matches()) {
      throw new UserException(
          "%s: '%s' is no file of a plugin; remove %s, and install again what is missing then"
              .formatted(file, name, file.getFileName()));
    }
    return name;
  }
}
