package org.example.mytask;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Window;
import java.util.List;

/**
 * {@code [CLS] question [SEP] passage [SEP]}; a long passage is seen through windows of which
 * neighbours share a half. The target of a window without the answer is {@code [CLS]}.
 */
final class MyTaskPacking implements InputPacking<MyTaskExample> {

  private static final int SPECIAL_TOKENS = 3;
  private static final int CLS = 0;

  @Override
  public List<Feature> pack(MyTaskExample example, Packer packer) {
    Pieces whole = packer.tokenize(example.question());
    // Most of the room is the passage's.
    Pieces question = whole.slice(0, Math.min(whole.size(), packer.maxLength() / 4));
    Pieces passage = packer.tokenize(example.passage());
    int room = packer.maxLength() - SPECIAL_TOKENS - question.size();
    return Window.over(passage.size(), room, room / 2).stream()
        .map(window -> passage.slice(window.from(), window.to()))
        .map(part -> packer.pair(question, part, Truncation.ONLY_SECOND))
        .map(sequence -> sequence.cutBefore(0, whole.size() - question.size()))
        .map(sequence -> Feature.of(sequence, target(example, sequence)))
        .toList();
  }

  private static Target target(MyTaskExample example, Sequence sequence) {
    if (example.answer().isEmpty()) {
      return Target.NONE;
    }
    int start = example.passage().indexOf(example.answer().get());
    int end = start + example.answer().get().length();
    Pieces part = sequence.texts().get(1);
    int first = -1;
    int last = -1;
    for (int piece = 0; piece < part.size(); piece++) {
      // An answer may begin or end within a piece.
      if (part.starts()[piece] <= start && start < part.ends()[piece]) {
        first = sequence.start(1) + piece;
      }
      if (part.starts()[piece] < end && end <= part.ends()[piece]) {
        last = sequence.start(1) + piece;
      }
    }
    return first < 0 || last < 0 ? Target.of(CLS, CLS) : Target.of(first, last);
  }
}
