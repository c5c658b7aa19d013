// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Pieces;

/** Where texts that are too long lose pieces; transformers calls it {@code truncation_side}. */
public enum TruncationSide {
  /** At their ends, as in training. */
  RIGHT,
  /** At their beginnings. */
  LEFT;

  /**
   * Cuts a text.
   *
   * @param count how many pieces are left of it, at most as many as it has
   */
  Pieces keep(Pieces text, int count) {
    return this == RIGHT ? text.slice(0, count) : text.slice(text.size() - count, text.size());
  }
}
