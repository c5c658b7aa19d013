// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import java.util.List;
import java.util.Map;

/** Makes a task's options of saved texts. */
public final class TaskOptions {

  private TaskOptions() {}

  /**
   * Binds options.
   *
   * @param type the plugin's option interface
   * @param values texts by key, lists separated by commas
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
