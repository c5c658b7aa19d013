// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import java.util.Map;

/**
 * A limit of tokens that cuts few texts: the length that 99 of 100 do not exceed, in steps of 8; at
 * most 256, as the time of a step grows faster than the length.
 *
 * @param maxLength the limit
 * @param why what it does to the texts
 */
record FittedLength(int maxLength, String why) {

  private static final int LEAST = 16;
  private static final int MOST = 256;
  private static final int STEP = 8;

  /**
   * @param lengths percentiles of the texts' lengths in tokens, by name: p90, p99, max
   */
  static FittedLength of(Map<String, Object> lengths) {
    int most = number(lengths, "p99");
    int rounded = Math.max(LEAST, (most + STEP - 1) / STEP * STEP);
    if (rounded <= MOST) {
      return new FittedLength(
          rounded,
          "99 of 100 texts have at most %d tokens, the longest %d"
              .formatted(most, number(lengths, "max")));
    }
    return new FittedLength(
        MOST,
        "longer texts are cut; half of them have at most %d tokens, 90 of 100 at most %d, 99 of 100 at most %d"
            .formatted(number(lengths, "p50"), number(lengths, "p90"), most));
  }

  private static int number(Map<String, Object> lengths, String name) {
    return ((Number) lengths.get(name)).intValue();
  }
}
