// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.Arrays;
import java.util.List;

/** Chooses among the words of {@code more}. */
public final class ToyChooser extends ToyTask {

  @Override
  List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.CHOICE));
  }

  private static List<String> choices(Toy toy) {
    return Arrays.asList(toy.more().split(" "));
  }

  @Override
  InputPacking<Toy> packing() {
    return (toy, packer) -> {
      Pieces text = packer.tokenize(toy.text());
      List<Sequence> sequences =
          choices(toy).stream()
              .map(c -> packer.pair(text, packer.tokenize(c), Truncation.LONGEST_FIRST))
              .toList();
      Target target =
          toy.gold().map(gold -> Target.of(choices(toy).indexOf(gold))).orElse(Target.NONE);
      return List.of(Feature.of(sequences, target));
    };
  }

  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> {
      int best = 0;
      for (int row = 1; row < output.logits().rows(); row++) {
        if (output.logits().at(row, 0) > output.logits().at(best, 0)) {
          best = row;
        }
      }
      return new Guess(choices(toy).get(best));
    };
  }
}
