// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.api;

import java.util.ArrayList;
import java.util.List;

/**
 * How an API differs from the one that was promised.
 *
 * @param broken what plugins may use and is no more, or what they have to implement and did not
 * @param added what is new and does not break them
 */
record ApiChange(List<String> broken, List<String> added) {

  private static final String EXPERIMENTAL = "@Experimental ";

  /** Compares two APIs; members are told apart by their types. */
  static ApiChange between(List<String> promised, List<String> present) {
    List<String> before = qualified(promised);
    List<String> now = qualified(present);
    List<String> broken =
        new ArrayList<>(
            before.stream()
                .filter(line -> !line.contains(EXPERIMENTAL) && !now.contains(line))
                .map(line -> "gone: " + line)
                .toList());
    List<String> added =
        now.stream()
            .filter(line -> !line.contains(EXPERIMENTAL) && !before.contains(line))
            .toList();
    added.stream()
        .filter(line -> line.contains("  abstract ") && before.contains(type(line)))
        .map(line -> "to be implemented: " + line)
        .forEach(broken::add);
    return new ApiChange(
        broken,
        added.stream().filter(line -> !broken.contains("to be implemented: " + line)).toList());
  }

  /** Whether the APIs are the same, but for what is experimental. */
  boolean isNone() {
    return broken.isEmpty() && added.isEmpty();
  }

  /** Each member with the line of its type before it. */
  private static List<String> qualified(List<String> lines) {
    List<String> all = new ArrayList<>();
    String type = "";
    for (String line : lines) {
      if (line.startsWith("  ")) {
        all.add(type + line);
      } else if (!line.startsWith("#")) {
        type = line;
        all.add(line);
      }
    }
    return all;
  }

  private static String type(String member) {
    return member.substring(0, member.indexOf("  "));
  }
}
