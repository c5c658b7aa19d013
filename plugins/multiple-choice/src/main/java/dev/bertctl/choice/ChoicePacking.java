// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/**
 * Packs each choice as {@code [CLS] context [SEP] stem choice [SEP]}, as in the BERT paper (section
 * 4.4) and in {@code run_swag} of Hugging Face transformers. The target is the index of the right
 * one.
 *
 * @param truncation which text is cut when a pair is too long
 */
record ChoicePacking(Truncation truncation) implements InputPacking<Question> {

  @Override
  public List<Feature> pack(Question question, Packer packer) {
    Pieces context = packer.tokenize(question.context());
    List<Sequence> sequences =
        question.choices().texts().stream()
            .map(choice -> packer.tokenize((question.stem() + " " + choice).strip()))
            .map(continued -> packer.pair(context, continued, truncation))
            .toList();
    Target target =
        question.answer().isPresent() ? Target.of(question.answer().getAsInt()) : Target.NONE;
    return List.of(Feature.of(sequences, target));
  }
}
