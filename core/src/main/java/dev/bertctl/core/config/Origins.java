// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.util.Map;

/** Where each setting was written, so that what turns out wrong later can still be located. */
public final class Origins {

  private final Origin place;
  private final Map<String, Value> values;

  Origins(Origin place, Map<String, Value> values) {
    this.place = place;
    this.values = Map.copyOf(values);
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
