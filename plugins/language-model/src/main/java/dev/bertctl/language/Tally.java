// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** How many of all were right: of 3 right and 1 wrong, 0.75. */
final class Tally {

  private long right;
  private long all;

  void add(boolean isRight) {
    right += isRight ? 1 : 0;
    all++;
  }

  /** Not a number of none at all. */
  double share() {
    return all == 0 ? Double.NaN : (double) right / all;
  }
}
