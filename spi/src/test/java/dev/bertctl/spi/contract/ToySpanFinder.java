// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.List;

/** Finds {@code gold}, words of {@code more}, asked for by {@code text}; in windows. */
public final class ToySpanFinder extends ToyTask {

  @Override
  List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.SPAN));
  }

  @Override
  InputPacking<Toy> packing() {
    return (toy, packer) -> {
      Pieces question = packer.tokenize(toy.text());
      Pieces passage = packer.tokenize(toy.more());
      int room = packer.maxLength() - 3 - question.size();
      List<Feature> features = new ArrayList<>();
      for (int from = 0; from < passage.size(); from += room) {
        Pieces part = passage.slice(from, Math.min(passage.size(), from + room));
        Sequence window = packer.pair(question, part, Truncation.ONLY_SECOND);
        features.add(
            Feature.of(window, toy.gold().map(g -> span(toy, window)).orElse(Target.NONE)));
      }
      return features;
    };
  }

  private static Target span(Toy toy, Sequence window) {
    int start = toy.more().indexOf(toy.gold().orElseThrow());
    int end = start + toy.gold().orElseThrow().length();
    Pieces part = window.texts().get(1);
    int first = Target.IGNORED;
    int last = Target.IGNORED;
    for (int i = 0; i < part.size(); i++) {
      first = part.starts()[i] == start ? window.start(1) + i : first;
      last = part.ends()[i] == end ? window.start(1) + i : last;
    }
    return first < 0 || last < 0 ? Target.of(0, 0) : Target.of(first, last);
  }

  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> {
      String best = "";
      float bestScore = Float.NEGATIVE_INFINITY;
      for (FeatureOutput part : output.features()) {
        Sequence window = part.feature().sequence();
        Pieces pieces = window.texts().get(1);
        for (int first = 0; first < pieces.size(); first++) {
          for (int last = first; last < pieces.size(); last++) {
            float score =
                part.logits().at(window.start(1) + first, 0)
                    + part.logits().at(window.start(1) + last, 1);
            if (score > bestScore) {
              bestScore = score;
              best = toy.more().substring(pieces.starts()[first], pieces.ends()[last]);
            }
          }
        }
      }
      return new Guess(best);
    };
  }
}
