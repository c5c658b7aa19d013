// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.List;

/** F1 over several classes: of (2/3, 4/5) with 1 and 3 examples 0.7333, by support 0.7667. */
public final class MeanF1 {

  private MeanF1() {}

  /**
   * {@return the plain mean}
   *
   * @param classes the counts of each class, at least one
   */
  public static double macro(List<BinaryCounts> classes) {
    return classes.stream().mapToDouble(BinaryCounts::f1).sum() / classes.size();
  }

  /**
   * {@return the mean by support; 0 where nothing was there}
   *
   * @param classes the counts of each class
   */
  public static double weighted(List<BinaryCounts> classes) {
    long support = classes.stream().mapToLong(BinaryCounts::support).sum();
    return classes.stream().mapToDouble(each -> each.f1() * each.support()).sum()
        / Math.max(1, support);
  }
}
