// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

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
        java.util.Arrays.copyOfRange(ids, from, to),
        java.util.Arrays.copyOfRange(starts, from, to),
        java.util.Arrays.copyOfRange(ends, from, to));
  }
}
