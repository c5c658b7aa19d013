// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Target;
import java.util.List;

/** A number for a text. */
public final class ToyScorer extends ToyTask {

  @Override
  List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.NUMBER));
  }

  @Override
  boolean higherIsBetter() {
    return false;
  }

  @Override
  InputPacking<Toy> packing() {
    return (toy, packer) ->
        List.of(
            Feature.of(
                packer.single(packer.tokenize(toy.text())),
                toy.gold().map(g -> Target.of(Float.parseFloat(g))).orElse(Target.NONE)));
  }

  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> new Guess(Float.toString(output.logits().at(0, 0)));
  }
}
