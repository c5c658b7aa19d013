package org.example.mytask;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.List;

/** {@code [CLS] text [SEP]}, cut at its end if too long. */
final class MyTaskPacking implements InputPacking<MyTaskExample> {

  @Override
  public List<Feature> pack(MyTaskExample example, Packer packer) {
    Sequence sequence = packer.single(packer.tokenize(example.text()));
    return List.of(Feature.of(sequence, target(example)));
  }

  private static Target target(MyTaskExample example) {
    return example.number().isPresent()
        ? Target.of((float) example.number().getAsDouble())
        : Target.NONE;
  }
}
