// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import java.util.List;
import java.util.Locale;

/** How messages and progress are written to standard error. */
public enum LogFormat {
  /** Lines and bars for a person. */
  TEXT,
  /** One JSON object a line, for what collects logs. */
  JSON;

  /** The option that chooses it. */
  public static final String OPTION = "--log-format";

  /** The variable of the environment that chooses it where the option does not. */
  public static final String VARIABLE = "BERTCTL_LOG_FORMAT";

  /** What the command line, or else the environment, asks for, also where it cannot be parsed. */
  public static LogFormat of(String... arguments) {
    List<String> all = List.of(arguments);
    String value = System.getenv().getOrDefault(VARIABLE, "");
    int option = all.lastIndexOf(OPTION);
    if (option >= 0 && option + 1 < all.size()) {
      value = all.get(option + 1);
    }
    for (String argument : all) {
      if (argument.startsWith(OPTION + "=")) {
        value = argument.substring(OPTION.length() + 1);
      }
    }
    return value.equalsIgnoreCase(JSON.toString()) ? JSON : TEXT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
