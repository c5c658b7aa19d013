// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.RunSettings;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.weights.WeightAccount;
import java.util.List;

/** Tells the user what a run will do. */
final class OpeningReport {

  private OpeningReport() {}

  static List<String> of(
      TaskSetup<?, ?> setup,
      ComputeDevice device,
      BertModel model,
      WeightAccount account,
      long steps) {
    BertConfig architecture = setup.architecture();
    RunSettings.Train train = setup.config().settings().train();
    long encoder =
        model.parameters().stream()
            .filter(parameter -> Encoder.owns(parameter.name()))
            .mapToLong(Parameter::size)
            .sum();
    long all = model.parameters().stream().mapToLong(Parameter::size).sum();
    return List.of(
        "task        " + setup.config().plugin().name() + ": " + setup.config().plugin().summary(),
        "device      " + device,
        "model       %s: %d layers, hidden size %d, %d heads"
            .formatted(
                setup.pretrained().reference(),
                architecture.layers(),
                architecture.hiddenSize(),
                architecture.heads()),
        "parameters  encoder %,d, pooler and head %,d".formatted(encoder, all - encoder),
        "weights     " + account.summary(),
        "training    %s, %,d steps of up to %d sequences, learning rate %s, seed %d"
            .formatted(
                train.epochs() == 1 ? "1 epoch" : train.epochs() + " epochs",
                steps,
                train.batchSize(),
                train.learningRate(),
                train.seed()));
  }
}
