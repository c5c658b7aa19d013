// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.util.List;
import java.util.Map;

/** A task's options: what their interface says, and options made of saved texts. */
public final class TaskOptions {

  private TaskOptions() {}

  /**
   * Checks a plugin's option interface as a run does, without values.
   *
   * @throws IllegalArgumentException saying what cannot be bound
   */
  public static void check(Class<?> type) {
    Schema.of(List.of(RunSettings.class, type));
  }

  /**
   * Binds options.
   *
   * @param type the plugin's option interface
   * @param values texts by key, as in {@link TaskConfig#optionValues()}
   * @param place where they were saved, for messages
   * @throws ConfigException naming everything that is wrong
   */
  public static <O> O bind(Class<O> type, Map<String, String> values, String place) {
    Binder binder = new Binder(Schema.of(List.of(type)));
    Origin origin = Origin.of(place);
    values.forEach((key, text) -> binder.add(Value.scalar(key, text, origin)));
    return binder.bind(origin, "The file was made by another version of the task.").as(type);
  }
}
