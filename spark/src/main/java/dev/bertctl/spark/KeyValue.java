// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A word of the form {@code KEY=VALUE}; the value may have more such signs. */
record KeyValue(String key, String value) {

  /**
   * Takes a word apart.
   *
   * @param problem what is said of one without a key, with a place for it: {@code %s}
   * @throws UserException if it has none
   */
  static KeyValue parse(String word, String problem) {
    int equals = word.indexOf('=');
    if (equals <= 0) {
      throw new UserException(problem.formatted(word));
    }
    return new KeyValue(word.substring(0, equals), word.substring(equals + 1));
  }

  /** Values by key, in the words' order; of a key that is there twice the last. */
  static Map<String, String> map(List<String> words, String problem) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String word : words) {
      KeyValue one = parse(word, problem);
      map.put(one.key(), one.value());
    }
    return map;
  }
}
