// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.saved;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The plugin that a model was made with, as bertctl.json keeps it.
 *
 * @param name the artifact id, or the jar's name
 * @param version its version, if it states one
 * @param source what it can be installed from, where that is known
 */
public record SavedPlugin(String name, Optional<String> version, Optional<String> source) {

  private static final String NAME = "name";
  private static final String VERSION = "version";
  private static final String COORDINATES = "coordinates";
  private static final String ORIGIN = "origin";

  /**
   * What is kept of a plugin.
   *
   * @param origin where it was installed from, if that is known
   */
  public static Map<String, Object> fields(TaskPlugin<?> plugin, Optional<String> origin) {
    PluginRelease release = PluginRelease.of(plugin);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("class", plugin.getClass().getName());
    fields.put(NAME, release.name());
    release.version().ifPresent(version -> fields.put(VERSION, version));
    release.coordinates().ifPresent(maven -> fields.put(COORDINATES, maven.toString()));
    origin.ifPresent(from -> fields.put(ORIGIN, from));
    return fields;
  }

  /** Reads what {@link #fields} gave. */
  public static SavedPlugin read(JsonNode fields) {
    return new SavedPlugin(
        text(fields, NAME).orElse("unknown"),
        text(fields, VERSION),
        text(fields, ORIGIN)
            .filter(origin -> origin.matches("(maven|https?):.*") || Files.exists(Path.of(origin)))
            .or(() -> text(fields, COORDINATES).map(maven -> "maven:" + maven)));
  }

  private static Optional<String> text(JsonNode fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(JsonNode::asText);
  }

  /**
   * The task of the model.
   *
   * @throws UserException saying what to install, if it is not there
   */
  public RegisteredTask find(String task, Path model, TaskRegistry registry) {
    return registry
        .find(task)
        .orElseThrow(
            () -> new UserException(missing(task, model, registry), new InstallPlugin(source)));
  }

  private String missing(String task, Path model, TaskRegistry registry) {
    StringBuilder message =
        new StringBuilder(
            "%s: the model is of task '%s' of the plugin %s, which is not there"
                .formatted(model, task, title()));
    registry.problems().forEach(problem -> message.append("\n" + problem));
    return message.toString();
  }

  /** A line for the user, if the task that is there is of another version or another plugin. */
  public Optional<String> difference(RegisteredTask task) {
    PluginRelease here = task.release();
    return version.isEmpty() || here.version().isEmpty() || title().equals(here.title())
        ? Optional.empty()
        : Optional.of(
            "the model was made with the plugin %s; task '%s' is now of %s"
                .formatted(title(), task.name(), here.title()));
  }

  private String title() {
    return name + version.map(known -> " " + known).orElse("");
  }
}
