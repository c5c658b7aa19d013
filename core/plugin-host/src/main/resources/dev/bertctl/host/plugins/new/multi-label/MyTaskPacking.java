package org.example.mytask;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Set;

/** {@code [CLS] text [SEP]}, cut at its end if too long; the target is 1 for labels that apply. */
record MyTaskPacking(int labels) implements InputPacking<MyTaskExample> {

  @Override
  public List<Feature> pack(MyTaskExample example, Packer packer) {
    Sequence sequence = packer.single(packer.tokenize(example.text()));
    return List.of(
        Feature.of(sequence, example.labels().map(this::target).orElse(Target.NONE)));
  }

  private Target target(Set<Integer> gold) {
    float[] applies = new float[labels];
    gold.forEach(label -> applies[label] = 1);
    return Target.of(applies);
  }
}
