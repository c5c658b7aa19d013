// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import dev.bertctl.spi.data.LabelledText;
import java.util.List;
import java.util.Optional;

/**
 * Packs a single text as {@code [CLS] a [SEP]} and a pair as {@code [CLS] a [SEP] b [SEP]}; the
 * target is the label's index.
 *
 * <p>The text {@code Go.} with the label 1 becomes {@code [CLS] go . [SEP]} with the target 1.
 *
 * @param truncation which text of a pair is cut when it is too long
 */
public record TextPacking(Truncation truncation) implements InputPacking<LabelledText> {

  @Override
  public List<Feature> pack(LabelledText example, Packer packer) {
    Target target =
        example.label().isPresent() ? Target.of(example.label().getAsInt()) : Target.NONE;
    return List.of(Feature.of(sequence(example.first(), example.second(), packer), target));
  }

  /**
   * {@return a single text or a pair as the encoder takes it; for packings with other targets}
   *
   * @param first the only or the first text
   * @param second the second text of a pair
   * @param packer tokenises and assembles
   */
  public Sequence sequence(String first, Optional<String> second, Packer packer) {
    Pieces pieces = packer.tokenize(first);
    return second
        .map(more -> packer.pair(pieces, packer.tokenize(more), truncation))
        .orElseGet(() -> packer.single(pieces));
  }
}
