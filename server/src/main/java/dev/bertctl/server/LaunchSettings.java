// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the command line says, as settings of the application that is about to start: system
 * properties, which are all that it reads beside the settings built into it.
 */
final class LaunchSettings {

  private final Map<String, String> values = new LinkedHashMap<>();

  /** A setting of {@link ServerSettings}. */
  void own(String key, Object value) {
    values.put(ServerSettings.PREFIX + "." + key, value.toString());
  }

  /** A setting of Quarkus. */
  void quarkus(String key, Object value) {
    values.put("quarkus." + key, value.toString());
  }

  /** A setting of Netty. */
  void netty(String key, Object value) {
    values.put(key, value.toString());
  }

  /** The settings by key. */
  Map<String, String> values() {
    return values;
  }

  /** Sets them for this process; what it was started with, {@code -D…}, is stronger. */
  void apply() {
    values.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }
}
