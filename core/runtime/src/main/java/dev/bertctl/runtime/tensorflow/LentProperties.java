// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.ArrayList;
import java.util.List;

/**
 * System properties that libraries read while they are loaded. Closing takes them back: they are
 * the host's, and what is embedded in it leaves them as they were.
 */
public final class LentProperties implements AutoCloseable {

  private final List<String> lent = new ArrayList<>();

  /** Sets a property, unless it is set. */
  public void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
      lent.add(name);
    }
  }

  /** Takes back at the end what a library sets by itself. */
  public void watch(String name) {
    if (System.getProperty(name) == null) {
      lent.add(name);
    }
  }

  @Override
  public void close() {
    lent.forEach(System::clearProperty);
  }
}
