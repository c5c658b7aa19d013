// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.Arrays;

/** Times of something that is done several times, without those that warm it up. */
final class Timed {

  /** How often it is done before it counts. */
  static final int WARM_UP = 2;

  private final double[] seconds;
  private int done;

  /**
   * @param times how often it is done, warming up aside
   */
  Timed(int times) {
    this.seconds = new double[times + WARM_UP];
  }

  void time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    seconds[done++] = (System.nanoTime() - start) / 1e9;
  }

  double median() {
    double[] sorted = Arrays.copyOfRange(seconds, WARM_UP, done);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
