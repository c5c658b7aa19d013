// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.Map;

/** A prediction in the user's terms. */
@FunctionalInterface
public interface Prediction {

  /**
   * What is written to the predictions file: names and plain values (text, numbers, booleans,
   * lists, maps), in the order they are to stand.
   */
  Map<String, Object> fields();
}
