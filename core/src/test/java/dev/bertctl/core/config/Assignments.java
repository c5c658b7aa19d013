// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

/** Assignments as tests write them. */
public final class Assignments {

  private Assignments() {}

  /** Reads {@code key=value}. */
  public static Assignment parse(String text) {
    int equals = text.indexOf('=');
    return new Assignment(text.substring(0, equals), text.substring(equals + 1), "--set " + text);
  }
}
