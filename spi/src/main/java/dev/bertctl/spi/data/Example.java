// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Map;

/**
 * One example of a task's data. Usually a record that also carries the gold label, if known.
 *
 * <p>A record {@code Review(Location location, Map<String, Object> columns, String text,
 * OptionalInt stars)} is one. Used by several threads at once, so it is not changed.
 */
public interface Example {

  /** {@return where it was read} */
  Location location();

  /**
   * {@return the input's own columns, in their order; they are passed through to the predictions}
   */
  Map<String, Object> columns();
}
