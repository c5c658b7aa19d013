// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often predictions are right that say they are so sure: a reliability diagram (Guo et al.
 * 2017, section 2) with ten bins of equal width. A bin has its upper end, and not its lower one.
 *
 * <p>Of two predictions with probability 0.75, of which one is right, the bin from 0.7 to 0.8 has
 * the accuracy 0.5.
 */
final class Reliability {

  static final int BINS = 10;

  private final long[] counts = new long[BINS];
  private final double[] confidences = new double[BINS];
  private final Map<String, long[]> right = new LinkedHashMap<>();

  /**
   * Takes a prediction.
   *
   * @param confidence its probability
   * @param scores its values alone; those that are 1 say that it is right
   */
  void add(double confidence, Map<String, Double> scores) {
    int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
    counts[bin]++;
    confidences[bin] += confidence;
    scores.forEach(
        (name, value) ->
            right.computeIfAbsent(name, key -> new long[BINS])[bin] += value == 1 ? 1 : 0);
  }

  /** How many predictions there were. */
  long count() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  /**
   * The bins that are not empty.
   *
   * @param judge the value that says whether a prediction is right
   */
  List<Map<String, Object>> fields(String judge) {
    List<Map<String, Object>> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", (double) bin / BINS);
        fields.put("to", (bin + 1.0) / BINS);
        fields.put("count", counts[bin]);
        fields.put("confidence", confidences[bin] / counts[bin]);
        fields.put("accuracy", (double) right.get(judge)[bin] / counts[bin]);
        bins.add(fields);
      }
    }
    return bins;
  }
}
