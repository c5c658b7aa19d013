// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/**
 * Which text of a pair loses pieces, always from its end, when the pair is too long.
 *
 * <p>Texts of 6 and 2 pieces, for which there is room for 5, keep 3 and 2 with {@link
 * #LONGEST_FIRST} and {@link #ONLY_FIRST}.
 */
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
