// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Truncation;

/**
 * How many pieces of each text of a pair are kept.
 *
 * @param first pieces kept of the first text
 * @param second pieces kept of the second text
 */
record PairLengths(int first, int second) {

  /**
   * Fits a pair into {@code room} pieces.
   *
   * @throws IllegalArgumentException if only one text may be cut and the other leaves it no room
   */
  static PairLengths fit(int first, int second, int room, Truncation truncation) {
    if (first + second <= room) {
      return new PairLengths(first, second);
    }
    return switch (truncation) {
      case LONGEST_FIRST -> longestFirst(first, second, room);
      case ONLY_FIRST -> new PairLengths(rest(room, "first", second, "second"), second);
      case ONLY_SECOND -> new PairLengths(first, rest(room, "second", first, "first"));
      case RATIO -> ratio(first, second, room);
    };
  }

  /**
   * As Hugging Face's tokenizers library does it (utils/truncation.rs): the longer text shrinks
   * until both are equally long, then both do, and an odd piece goes to the text that was longer,
   * or to the second.
   */
  private static PairLengths longestFirst(int first, int second, int room) {
    int shorter = Math.min(first, second);
    if (2 * shorter <= room) {
      int longer = room - shorter;
      return first > second ? new PairLengths(longer, shorter) : new PairLengths(shorter, longer);
    }
    int half = room / 2;
    return first > second ? new PairLengths(room - half, half) : new PairLengths(half, room - half);
  }

  /** What is left for the only text that may be cut: at least one piece, as in Hugging Face. */
  private static int rest(int room, String cut, int whole, String kept) {
    if (whole >= room) {
      throw new IllegalArgumentException(
          "the %s text has %d word pieces, which leaves no room for the %s in %d tokens; raise 'max-length', or choose a 'truncation' that may cut the %s text"
              .formatted(kept, whole, cut, room + 3, kept));
    }
    return room - whole;
  }

  /** Shares of the room in proportion to the lengths; a text that has pieces keeps at least one. */
  private static PairLengths ratio(int first, int second, int room) {
    long total = (long) first + second;
    long share = Math.round((double) room * first / total);
    long least = Math.min(first, 1);
    long most = room - Math.min(second, 1);
    int kept = (int) Math.min(Math.max(share, least), most);
    return new PairLengths(kept, room - kept);
  }
}
