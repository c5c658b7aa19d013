// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The examples that a report shows, each once though several lists may have it. */
final class ShownList {

  private final String judge;
  private final boolean rightOrWrong;
  private final boolean exact;
  private final Map<Long, Integer> places = new LinkedHashMap<>();
  private final List<Map<String, Object>> fields = new ArrayList<>();

  /**
   * @param judge the value that says how good an example is
   * @param rightOrWrong whether it says that it is right or wrong
   * @param exact whether predictions may be right to the letter
   */
  ShownList(String judge, boolean rightOrWrong, boolean exact) {
    this.judge = judge;
    this.rightOrWrong = rightOrWrong;
    this.exact = exact;
  }

  /** Where some examples are among those that are shown. */
  List<Integer> places(List<ShownExample> some) {
    return some.stream().map(this::place).toList();
  }

  private int place(ShownExample example) {
    return places.computeIfAbsent(
        example.number(),
        number -> {
          fields.add(example.fields(judge, rightOrWrong, exact));
          return fields.size() - 1;
        });
  }

  /** The examples as plain values, in the order of their places. */
  List<Map<String, Object>> fields() {
    return List.copyOf(fields);
  }
}
