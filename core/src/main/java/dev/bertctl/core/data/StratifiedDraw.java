// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws a share of rows while they are read, of each label alike: of a label's rows, in their
 * order, each few are drawn as many of as are due, at random places among them. With a share of 0.1
 * that is one of each ten. So the drawn are the share of a label's rows to within two of them.
 */
final class StratifiedDraw {

  /** Rows of further labels are drawn as those of one label: texts or numbers, not classes. */
  private static final int MOST_LABELS = 10_000;

  private final double share;
  private final long seed;
  private final Map<String, Label> labels = new HashMap<>();

  StratifiedDraw(double share, long seed) {
    this.share = share;
    this.seed = seed;
  }

  /**
   * Whether the next row is drawn.
   *
   * @param label its label; the same text for all rows that have none
   */
  boolean next(String label) {
    String known = labels.size() < MOST_LABELS || labels.containsKey(label) ? label : "";
    return labels.computeIfAbsent(known, name -> new Label(share, seed + name.hashCode())).next();
  }

  /** The rows of one label. */
  private static final class Label {

    private final double share;
    private final SplittableRandom random;
    private final int few;
    private final double start;
    private long rounds;
    private int left;
    private long due;

    Label(double share, long seed) {
      this.share = share;
      this.random = new SplittableRandom(seed);
      this.few = (int) Math.min(Integer.MAX_VALUE, Math.round(1 / Math.min(share, 1 - share)));
      this.start = random.nextDouble();
    }

    boolean next() {
      if (left == 0) {
        due = dueAfter(rounds + 1) - dueAfter(rounds);
        rounds++;
        left = few;
      }
      boolean drawn = random.nextInt(left) < due;
      left--;
      due -= drawn ? 1 : 0;
      return drawn;
    }

    /** A random start keeps labels of a few rows from being all drawn, or none. */
    private long dueAfter(long number) {
      return (long) Math.floor(number * few * share + start);
    }
  }
}
