// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.runtime.registry.TaskDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code plugins install} keeps beside a plugin: where it came from, and what it told of its
 * tasks, by which listings know them without running it again.
 *
 * @param from where it came from; empty if that is not known
 * @param jars the SHA-256 of each of its jars, by name
 * @param tasks what it provides
 */
record PluginRecord(Optional<String> from, Map<String, String> jars, List<Task> tasks) {

  private static final String FROM = "from";
  private static final String JARS = "sha256";
  private static final String TASKS = "tasks";
  private static final String NAME = "name";
  private static final String SUMMARY = "summary";

  /**
   * A task.
   *
   * @param name the name by which users call it
   * @param summary one line that says what it does
   */
  record Task(String name, String summary) {}

  /** That of a plugin whose jars have been run. */
  static PluginRecord of(String from, PluginFiles files, List<? extends TaskDescription> tasks)
      throws IOException {
    return new PluginRecord(
        Optional.of(from),
        hashes(files),
        tasks.stream().map(task -> new Task(task.name(), task.summary())).toList());
  }

  /** Reads what {@link #fields} gave; of what is not there, nothing is known. */
  static PluginRecord read(JsonParser json) throws IOException {
    Optional<String> from = Optional.empty();
    Map<String, String> jars = Map.of();
    List<Task> tasks = List.of();
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case FROM -> from = Optional.ofNullable(json.getValueAsString());
        case JARS -> jars = texts(json);
        case TASKS -> tasks = tasks(json);
        default -> {}
      }
      json.skipChildren();
    }
    return new PluginRecord(from, jars, tasks);
  }

  /** The values of an object's fields; none if it is no object. */
  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (json.isExpectedStartObjectToken()) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        texts.put(name, json.getValueAsString(""));
        json.skipChildren();
      }
    }
    return texts;
  }

  private static List<Task> tasks(JsonParser json) throws IOException {
    List<Task> tasks = new ArrayList<>();
    if (json.isExpectedStartArrayToken()) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        Map<String, String> task = texts(json);
        tasks.add(new Task(task.getOrDefault(NAME, ""), task.getOrDefault(SUMMARY, "")));
        json.skipChildren();
      }
    }
    return tasks;
  }

  /** For JSON. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    from.ifPresent(origin -> fields.put(FROM, origin));
    fields.put(JARS, jars);
    fields.put(
        TASKS,
        tasks.stream().map(task -> Map.of(NAME, task.name(), SUMMARY, task.summary())).toList());
    return fields;
  }

  /** Whether it is of exactly these jars: others may provide anything. */
  boolean describes(PluginFiles files) {
    try {
      return !tasks.isEmpty() && jars.equals(hashes(files));
    } catch (IOException e) {
      // Reading the jar as a plugin fails as well, and says so.
      return false;
    }
  }

  private static Map<String, String> hashes(PluginFiles files) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path jar : files.jars()) {
      hashes.put(jar.getFileName().toString(), Sha256.of(jar));
    }
    return hashes;
  }
}
