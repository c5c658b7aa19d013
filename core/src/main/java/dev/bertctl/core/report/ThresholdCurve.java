// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.spi.decode.ExampleView.Decision;
import dev.bertctl.spi.metric.BinaryCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Precision, recall and F1 by the threshold from which on a label is predicted, at every hundredth;
 * of several labels all decisions count together (micro).
 *
 * <p>Of the probabilities 0.2 and 0.6 of a label that applies and 0.4 of one that does not, the
 * threshold 0.5 has precision 1, recall 1/2 and F1 2/3.
 */
final class ThresholdCurve {

  private static final int STEPS = 100;

  /** Room for probabilities such as 0.29, which is 28.999999999999996 hundredths. */
  private static final double ROUNDING = 1e-9;

  private final long[] applying = new long[STEPS + 1];
  private final long[] others = new long[STEPS + 1];

  void add(Decision decision) {
    int step = (int) Math.floor(decision.probability() * STEPS + ROUNDING);
    (decision.gold() ? applying : others)[Math.min(STEPS, Math.max(0, step))]++;
  }

  /** A point each threshold; none if nothing applies. */
  List<Map<String, Object>> fields() {
    List<Map<String, Object>> points = new ArrayList<>();
    long hits = 0;
    long falseAlarms = 0;
    long all = sum(applying);
    if (all == 0) {
      return points;
    }
    for (int step = STEPS; step >= 0; step--) {
      hits += applying[step];
      falseAlarms += others[step];
      BinaryCounts counts = new BinaryCounts(hits, falseAlarms, all - hits, 0);
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("threshold", (double) step / STEPS);
      // Of nothing predicted there is no precision.
      if (hits + falseAlarms > 0) {
        point.put("precision", counts.precision());
      }
      point.put("recall", counts.recall());
      point.put("f1", counts.f1());
      points.add(0, point);
    }
    return points;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
