package org.example.mytask;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/** {@code [CLS] text [SEP] choice [SEP]} for each choice. */
final class MyTaskPacking implements InputPacking<MyTaskExample> {

  @Override
  public List<Feature> pack(MyTaskExample example, Packer packer) {
    Pieces text = packer.tokenize(example.text());
    List<Sequence> sequences =
        example.choices().stream()
            .map(choice -> packer.pair(text, packer.tokenize(choice), Truncation.LONGEST_FIRST))
            .toList();
    Target target =
        example.label().isPresent() ? Target.of(example.label().getAsInt()) : Target.NONE;
    return List.of(Feature.of(sequences, target));
  }
}
