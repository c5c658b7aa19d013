// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import java.util.random.RandomGenerator;

/** Makes pairs of texts of documents; whether the second follows the first is drawn. */
sealed interface DocumentPairs extends InputPacking<Document> permits SpanPairs, SentencePairs {

  /** Name of the target: 0 if the second text follows the first, 1 if not. */
  String TARGET = "next-sentence";

  static DocumentPairs of(PairingOptions options) {
    return switch (options.pairs()) {
      case SPANS ->
          new SpanPairs(options.shortSequenceShare(), options.duplicates(), options.randomSeed());
      case SENTENCES -> new SentencePairs(options.duplicates(), options.randomSeed());
    };
  }

  /** Checks how often a document is packed. */
  static void requireDuplicates(int duplicates) {
    if (duplicates < 1) {
      throw new OptionException("duplicates", "is %d; give at least 1".formatted(duplicates));
    }
  }

  @Override
  default Feature draw(Feature packed, Draw draw) {
    return draw(packed, draw, draw.random());
  }

  /** The pair with its target, as it is to be seen this time. */
  Feature draw(Feature packed, Draw draw, RandomGenerator random);
}
