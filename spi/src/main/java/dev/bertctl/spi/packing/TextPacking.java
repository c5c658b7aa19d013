// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import dev.bertctl.spi.data.LabelledText;
import java.util.List;

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
    Pieces first = packer.tokenize(example.first());
    Sequence sequence =
        example
            .second()
            .map(second -> packer.pair(first, packer.tokenize(second), truncation))
            .orElseGet(() -> packer.single(first));
    Target target =
        example.label().isPresent() ? Target.of(example.label().getAsInt()) : Target.NONE;
    return List.of(Feature.of(sequence, target));
  }
}
