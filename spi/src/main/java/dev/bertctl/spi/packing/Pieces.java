// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.Arrays;

/**
 * A tokenised text: word pieces with their places in the text, without special tokens.
 *
 * @param ids vocabulary ids, [T]
 * @param starts first character of each piece, as an index into the Java string (UTF-16), [T]
 * @param ends one past its last character, [T]
 */
public record Pieces(int[] ids, int[] starts, int[] ends) {

  /** Number of pieces. */
  public int size() {
    return ids.length;
  }

  /**
   * The pieces from {@code from} (inclusive) to {@code to} (exclusive); offsets stay those of the
   * text.
   */
  public Pieces slice(int from, int to) {
    return new Pieces(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to));
  }
}
