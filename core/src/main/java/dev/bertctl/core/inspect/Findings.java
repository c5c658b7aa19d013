// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what is found, and keeps the first few places of each kind. */
final class Findings {

  private static final int PLACES = 3;

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, List<String>> first = new LinkedHashMap<>();

  void add(String what, String place) {
    counts.merge(what, 1L, Long::sum);
    List<String> places = first.computeIfAbsent(what, kind -> new ArrayList<>());
    if (places.size() < PLACES) {
      places.add(place);
    }
  }

  /** All of them, in the order in which they were first met. */
  List<Finding> all() {
    return counts.entrySet().stream()
        .map(entry -> new Finding(entry.getKey(), entry.getValue(), first.get(entry.getKey())))
        .toList();
  }
}
