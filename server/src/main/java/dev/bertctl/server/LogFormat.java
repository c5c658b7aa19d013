// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import java.util.Locale;

/** How the log is written to standard error. */
enum LogFormat {
  /** Lines for a person. */
  TEXT,
  /** One JSON object a line, for what collects logs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
