// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs a document into sequences as long as may be, one after the other without overlap; the last
 * may be short. Masks are drawn anew each time.
 *
 * <p>With a maximum length of 128 tokens, a document of 300 word pieces gives sequences of 128, 128
 * and 50 tokens.
 *
 * @param masking draws the masks
 */
record WindowPacking(Masking masking) implements InputPacking<Document> {

  @Override
  public List<Feature> pack(Document document, Packer packer) {
    List<Feature> features = new ArrayList<>();
    for (Sequence window : windows(document, packer)) {
      Feature feature = Feature.of(window);
      // What is learnt from gets its positions when masks are drawn.
      features.add(
          document.purpose() == Purpose.PREDICTION
              ? feature.at(MaskPositions.in(window, packer.vocabulary()))
              : feature);
    }
    return features;
  }

  static List<Sequence> windows(Document document, Packer packer) {
    Pieces pieces = packer.tokenize(document.text());
    return Window.over(pieces.size(), packer.maxLength() - 2, 0).stream()
        .map(window -> packer.single(pieces.slice(window.from(), window.to())))
        .toList();
  }

  @Override
  public Feature draw(Feature packed, Draw draw) {
    return masking.mask(packed, draw.packer().vocabulary(), draw.random());
  }
}
