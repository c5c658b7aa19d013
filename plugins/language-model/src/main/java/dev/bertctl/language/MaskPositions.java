// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.stream.IntStream;

/** Where {@code [MASK]} stands: at 2 in {@code [CLS] a [MASK] [SEP]}. */
final class MaskPositions {

  private MaskPositions() {}

  static int[] in(Sequence sequence, Vocabulary vocabulary) {
    return in(sequence.ids(), vocabulary);
  }

  static int[] in(int[] ids, Vocabulary vocabulary) {
    int mask = vocabulary.id(SpecialToken.MASK);
    return IntStream.range(0, ids.length).filter(i -> ids[i] == mask).toArray();
  }
}
