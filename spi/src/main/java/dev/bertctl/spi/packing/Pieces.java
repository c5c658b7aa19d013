// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.Arrays;

/**
 * A tokenised text: word pieces with their places in the text, without special tokens.
 *
 * <p>{@code unhappy cat} in the pieces {@code un ##happy cat} has starts (0, 2, 8) and ends (2, 7,
 * 11).
 *
 * @param ids vocabulary ids, [T]
 * @param starts first character of each piece, as an index into the Java string (UTF-16), [T]
 * @param ends one past its last character, [T]
 */
public record Pieces(int[] ids, int[] starts, int[] ends) {

  /** {@return number of pieces} */
  public int size() {
    return ids.length;
  }

  /**
   * {@return the pieces from {@code from} (inclusive) to {@code to} (exclusive); offsets stay those
   * of the text}
   *
   * @param from index of the first piece
   * @param to one past the index of the last piece
   */
  public Pieces slice(int from, int to) {
    return new Pieces(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to));
  }
}
