// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

/** How many of the eight bits of an int8 weight are used. */
public enum WeightBits {
  /**
   * All, for processors with VNNI (from Ice Lake and Zen 4): older ones add up pairs of products in
   * 16 bits, which such weights may overflow, and results are then wrong without a word.
   */
  EIGHT(127),
  /** Seven, right on every processor; rounding errors are twice as large. */
  SEVEN(63);

  private final int largest;

  WeightBits(int largest) {
    this.largest = largest;
  }

  /** The largest value; the smallest is its negative. */
  int largest() {
    return largest;
  }
}
