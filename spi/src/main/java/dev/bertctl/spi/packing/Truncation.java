// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/** Which text of a pair loses pieces, always from its end, when the pair is too long. */
public enum Truncation {
  /** The longer one, piece by piece, until the pair fits. */
  LONGEST_FIRST,
  /** The first only. */
  ONLY_FIRST,
  /** The second only. */
  ONLY_SECOND,
  /** Both, in proportion to their lengths. */
  RATIO
}
