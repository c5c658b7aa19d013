// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/**
 * Packs a pair of texts as {@code [CLS] first [SEP] second [SEP]} with its label; makes pairs of
 * spans of a document, whose label is drawn.
 *
 * @param pairs makes the pairs
 */
record NextSentencePacking(DocumentPairs pairs) implements InputPacking<Example> {

  @Override
  public List<Feature> pack(Example example, Packer packer) {
    if (example instanceof Document document) {
      return pairs.pack(document, packer);
    }
    SentencePair pair = (SentencePair) example;
    Feature feature =
        Feature.of(
            packer.pair(
                packer.tokenize(pair.first()),
                packer.tokenize(pair.second()),
                Truncation.LONGEST_FIRST));
    return List.of(
        pair.label().isPresent()
            ? feature.with(DocumentPairs.TARGET, Target.of(pair.label().getAsInt()))
            : feature);
  }

  @Override
  public Feature draw(Feature packed, Draw draw) {
    return packed.target(DocumentPairs.TARGET).equals(Target.NONE)
        ? pairs.draw(packed, draw)
        : packed;
  }
}
