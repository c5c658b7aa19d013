// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import java.util.Arrays;
import java.util.List;

/** Gives what the encoder makes of a text, and is not trained. */
public final class ToyEmbedder extends ToyTask {

  @Override
  List<TargetSpec> targets() {
    return List.of();
  }

  @Override
  InputPacking<Toy> packing() {
    return (toy, packer) -> List.of(Feature.of(packer.single(packer.tokenize(toy.text()))));
  }

  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> new Guess(Arrays.toString(output.feature().get("vector").row(0)));
  }

  @Override
  Task<Toy, Guess> judged(Task<Toy, Guess> task) {
    return task;
  }
}
