package org.example.mytask;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Window;
import java.util.Arrays;
import java.util.List;

/** {@code [CLS] text [SEP]}; a word's first piece has its tag. Long texts are taken apart. */
final class MyTaskPacking implements InputPacking<MyTaskExample> {

  private static final int SPECIAL_TOKENS = 2;

  @Override
  public List<Feature> pack(MyTaskExample example, Packer packer) {
    Pieces text = packer.tokenize(example.text());
    return Window.over(text.size(), packer.maxLength() - SPECIAL_TOKENS, 0).stream()
        .map(window -> packer.single(text.slice(window.from(), window.to())))
        .map(sequence -> Feature.of(sequence, target(example, sequence)))
        .toList();
  }

  private static Target target(MyTaskExample example, Sequence sequence) {
    if (example.tags().isEmpty()) {
      return Target.NONE;
    }
    int[] tags = new int[sequence.length()]; // [T]
    Arrays.fill(tags, Target.IGNORED);
    int[] starts = sequence.texts().get(0).starts();
    for (int piece = 0; piece < starts.length; piece++) {
      if (example.startsWord(starts[piece])) {
        tags[sequence.start(0) + piece] = example.tags().get().get(example.word(starts[piece]));
      }
    }
    return Target.of(tags);
  }
}
