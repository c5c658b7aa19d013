// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task that a pretrained model is applied to, as the user names it behind the model: {@code
 * embeddings}, or {@code embeddings,pooling=cls,max-length=512}.
 *
 * @param task the task's name
 * @param settings by key, as in a configuration
 */
public record TaskToApply(String task, Map<String, String> settings) {

  /** Keeps the settings' order. */
  public TaskToApply {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads {@code TASK} or {@code TASK,KEY=VALUE,...}; a value may have commas, too.
   *
   * @throws IllegalArgumentException if the task's name is missing
   */
  static TaskToApply parse(String text) {
    List<String> parts = new ArrayList<>(List.of(text.split(",", -1)));
    String task = parts.remove(0).strip();
    if (task.isEmpty() || task.contains("=")) {
      throw new IllegalArgumentException(
          "'@%s' names no task; give one, as in @embeddings or @embeddings,pooling=cls"
              .formatted(text));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    String last = null;
    for (String part : parts) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        last = part.substring(0, equals).strip();
        settings.put(last, part.substring(equals + 1));
      } else if (last != null) {
        settings.put(last, settings.get(last) + "," + part);
      } else {
        throw new IllegalArgumentException(
            "'@%s': '%s' is no setting; give KEY=VALUE, as in @embeddings,pooling=cls"
                .formatted(text, part));
      }
    }
    return new TaskToApply(task, settings);
  }
}
