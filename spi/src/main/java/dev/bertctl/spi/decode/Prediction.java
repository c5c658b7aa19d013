// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.Map;

/**
 * A prediction in the user's terms.
 *
 * <p>{@code record Guess(String value)} with the fields {@code Map.of("predicted", value)} is
 * written as {@code {"predicted": "yes"}}, after the columns of its example.
 */
@FunctionalInterface
public interface Prediction {

  /**
   * {@return what is written to the predictions file: names and plain values (text, numbers,
   * booleans, lists, maps), in the order they are to stand}
   */
  Map<String, Object> fields();
}
