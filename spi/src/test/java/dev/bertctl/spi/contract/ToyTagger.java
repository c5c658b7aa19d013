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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tag for each word, at its first piece; long texts in windows without overlap. */
public class ToyTagger extends ToyTask {

  @Override
  List<TargetSpec> targets() {
    return List.of(TargetSpec.labelPerToken(labels().size()));
  }

  @Override
  List<String> labels() {
    return List.of("O", "NAME");
  }

  @Override
  InputPacking<Toy> packing() {
    return (toy, packer) -> {
      Pieces pieces = packer.tokenize(toy.text());
      int room = packer.maxLength() - 2;
      List<Feature> features = new ArrayList<>();
      for (int from = 0; from < pieces.size(); from += room) {
        Sequence window = packer.single(pieces.slice(from, Math.min(pieces.size(), from + room)));
        features.add(
            Feature.of(window, toy.gold().map(g -> tags(toy, window)).orElse(Target.NONE)));
      }
      return features;
    };
  }

  private Target tags(Toy toy, Sequence window) {
    int[] tags = new int[window.length()];
    Arrays.fill(tags, Target.IGNORED);
    for (int i = 0; i < window.texts().get(0).size(); i++) {
      int start = window.texts().get(0).starts()[i];
      if (isWordStart(toy, start)) {
        int word = toy.text().substring(0, start).split(" ", -1).length - 1;
        tags[i + 1] = labels().indexOf(toy.gold().orElseThrow().split(" ")[word]);
      }
    }
    return Target.of(tags);
  }

  private static boolean isWordStart(Toy toy, int start) {
    return start == 0 || toy.text().charAt(start - 1) == ' ';
  }

  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> {
      List<String> tags = new ArrayList<>();
      for (FeatureOutput window : output.features()) {
        Pieces pieces = window.feature().sequence().texts().get(0);
        for (int i = 0; i < pieces.size(); i++) {
          if (isWordStart(toy, pieces.starts()[i])) {
            tags.add(labels().get(isName(window, i + 1) ? 1 : 0));
          }
        }
      }
      return new Guess(String.join(" ", tags));
    };
  }

  boolean isName(FeatureOutput window, int token) {
    return window.logits().at(token, 1) > window.logits().at(token, 0);
  }
}
