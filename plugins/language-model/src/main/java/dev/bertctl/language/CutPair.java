// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import java.util.random.RandomGenerator;

/**
 * A pair of texts that is cut to what a sequence has room for, as {@code truncate_seq_pair} of the
 * original BERT does: the longer one loses a piece, at its front or its end by chance, until both
 * fit.
 *
 * <p>Texts of 8 and 3 pieces, for which there is room for 9, keep 6 and 3.
 */
final class CutPair {

  private CutPair() {}

  static Sequence of(Pieces first, Pieces second, Packer packer, RandomGenerator random) {
    int room = packer.maxLength() - 3;
    int[] from = {0, 0};
    int[] to = {first.size(), second.size()};
    while (to[0] - from[0] + to[1] - from[1] > room) {
      int longer = to[0] - from[0] > to[1] - from[1] ? 0 : 1;
      if (random.nextBoolean()) {
        from[longer]++;
      } else {
        to[longer]--;
      }
    }
    Pieces a = first.slice(from[0], to[0]);
    Pieces b = second.slice(from[1], to[1]);
    return packer
        .pair(a, b, Truncation.LONGEST_FIRST)
        .cutBefore(0, first.size() - a.size())
        .cutBefore(1, second.size() - b.size());
  }
}
