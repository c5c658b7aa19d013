// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dict or OrderedDict, by its entries with texts as keys; others name no weights and are left
 * out. Equal only to itself: it may contain itself.
 */
public final class PickleDict {

  private final Map<String, Object> entries = new LinkedHashMap<>();

  PickleDict() {}

  /** Entries in the order in which they were put in; values may be of any type. */
  public Map<String, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  void put(Object key, Object value) {
    if (key instanceof String name) {
      entries.put(name, value);
    }
  }
}
