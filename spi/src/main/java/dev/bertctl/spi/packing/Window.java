// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text that is longer than a sequence may be.
 *
 * @param from index of its first piece
 * @param to one past its last piece
 */
public record Window(int from, int to) {

  /**
   * Windows over a text, each but the last as long as possible. Ten pieces, windows of 6 and an
   * overlap of 2 give [0,6) and [4,10).
   *
   * @param size pieces of the text; 0 gives one empty window
   * @param room most pieces of a window
   * @param overlap pieces that neighbouring windows share, less than {@code room}
   * @return the windows from left to right, at least one
   */
  public static List<Window> over(int size, int room, int overlap) {
    if (overlap < 0 || overlap >= room) {
      throw new IllegalArgumentException(
          "windows of %d word pieces cannot overlap by %d; allow longer sequences or less overlap"
              .formatted(room, overlap));
    }
    List<Window> windows = new ArrayList<>();
    int from = 0;
    while (from + room < size) {
      windows.add(new Window(from, from + room));
      from += room - overlap;
    }
    windows.add(new Window(from, size));
    return windows;
  }

  /**
   * How well this window shows a piece: the smaller of the contexts to its left and right, and a
   * hundredth of the window's length, as in the reference implementation of BERT. Of several
   * windows with the same piece the one with the highest value counts.
   *
   * @param piece index of a piece of the text that this window holds
   * @return the context, higher for pieces nearer the middle
   */
  public double context(int piece) {
    return Math.min(piece - from, to - 1 - piece) + 0.01 * (to - from);
  }
}
