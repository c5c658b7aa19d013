// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;

/**
 * Packs a document as {@link WindowPacking} does; each token's target is the token after it. {@code
 * [CLS] it rained [SEP]} has the targets (it, rained, [SEP], none), as Hugging Face has them where
 * the labels are the input's ids.
 */
final class NextTokenPacking implements InputPacking<Document> {

  @Override
  public List<Feature> pack(Document document, Packer packer) {
    return WindowPacking.windows(document, packer).stream()
        .map(
            window ->
                document.purpose() == Purpose.PREDICTION
                    ? Feature.of(window)
                    : Feature.of(window, Target.of(next(window))))
        .toList();
  }

  private static int[] next(Sequence sequence) {
    int[] next = Arrays.copyOfRange(sequence.ids(), 1, sequence.length() + 1);
    next[next.length - 1] = Target.IGNORED;
    return next;
  }
}
