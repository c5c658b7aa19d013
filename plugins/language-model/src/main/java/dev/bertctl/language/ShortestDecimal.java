// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** A float32 as the double with the same shortest decimal: 0.1f gives 0.1, not 0.10000000149. */
final class ShortestDecimal {

  private ShortestDecimal() {}

  static double of(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
