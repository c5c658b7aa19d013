// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import java.util.Map;
import java.util.Optional;

/**
 * A column of the output.
 *
 * @param name what it is called there
 * @param source where its values come from: a column of the input or a field of the prediction, or
 *     a part of one, such as {@code probabilities.yes}
 */
public record OutputColumn(String name, String source) {

  /**
   * Reads {@code NAME=SOURCE}, or a name that stays as it is.
   *
   * @throws IllegalArgumentException if there is no name
   */
  public static OutputColumn parse(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String source = text.substring(equals + 1);
    if (name.isBlank() || source.isBlank()) {
      throw new IllegalArgumentException(
          "'%s' is no column; write NAME, or NEW_NAME=NAME".formatted(text));
    }
    return new OutputColumn(name, source);
  }

  /** The value that a row has of it. */
  Optional<Object> in(Map<?, ?> row) {
    return find(row, source);
  }

  /** Names may have dots of their own. */
  private static Optional<Object> find(Map<?, ?> row, String path) {
    if (row.containsKey(path)) {
      return Optional.ofNullable(row.get(path));
    }
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (row.get(path.substring(0, dot)) instanceof Map<?, ?> part) {
        Optional<Object> found = find(part, path.substring(dot + 1));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name.equals(source) ? name : name + "=" + source;
  }
}
