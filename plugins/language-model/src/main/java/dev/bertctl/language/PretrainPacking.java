// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Packs documents as pairs, and draws first the second text, then the masks in both. Texts whose
 * masks are to be filled are packed as for {@code masked-lm}.
 *
 * @param pairs makes the pairs
 * @param masking draws the masks
 */
record PretrainPacking(DocumentPairs pairs, Masking masking) implements InputPacking<Document> {

  @Override
  public List<Feature> pack(Document document, Packer packer) {
    return document.purpose() == Purpose.PREDICTION
        ? new WindowPacking(masking).pack(document, packer)
        : pairs.pack(document, packer);
  }

  @Override
  public Feature draw(Feature packed, Draw draw) {
    RandomGenerator random = draw.random();
    return masking.mask(pairs.draw(packed, draw, random), draw.packer().vocabulary(), random);
  }
}
