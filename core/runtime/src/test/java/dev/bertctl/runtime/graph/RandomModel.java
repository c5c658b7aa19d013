// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The tiny BERT in TensorFlow's memory, and features for it. */
public final class RandomModel {

  private RandomModel() {}

  /** Builds a model whose head begins with random weights, biases included. */
  public static BertModel of(Head head, Optional<TrainingSpec> training) {
    return of(head, 0, training);
  }

  /** With dropout. */
  public static BertModel of(Head head, double dropout, Optional<TrainingSpec> training) {
    return of(TinyBert.config(dropout), head, training);
  }

  /** With another architecture of {@link TinyBert}'s sizes. */
  public static BertModel of(BertConfig config, Head head, Optional<TrainingSpec> training) {
    return of(config, head, training, ComputeDevice.CPU);
  }

  /** On another device. */
  static BertModel of(
      BertConfig config, Head head, Optional<TrainingSpec> training, ComputeDevice device) {
    return withWeights(
        BertModel.create("toy", config, head, new TokenList(TinyBert.VOCABULARY), training, device),
        training.isPresent());
  }

  /** Builds a model whose logits can be explained. */
  public static BertModel explaining(Head head) {
    return withWeights(
        BertModel.explaining(
            "toy",
            TinyBert.config(0),
            head,
            new TokenList(TinyBert.VOCABULARY),
            HeadOutput.LOGITS,
            ComputeDevice.CPU),
        false);
  }

  private static BertModel withWeights(BertModel model, boolean trained) {
    BertConfig config = model.config();
    Map<String, WeightTensor> weights = TinyBert.weights(config, 7);
    NewWeights fresh = new NewWeights(5, 0.3);
    Map<String, WeightTensor> values = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      String name = parameter.name();
      values.put(
          name,
          weights.containsKey(name)
              ? weights.get(name)
              : fresh.draw(ParameterSpec.of(name, parameter.shape(), Initializer.NORMAL)));
    }
    model.values().assign(values);
    if (trained) {
      model.values().clearSlots();
    }
    return model;
  }

  /** A feature of one sequence of random tokens with two segments. */
  public static Feature feature(Random random, int length, Target target) {
    return Feature.of(sequence(random, length), target);
  }

  public static Sequence sequence(Random random, int length) {
    int[] ids = random.ints(length, 1, TinyBert.VOCABULARY.size()).toArray();
    int[] segments = new int[length];
    java.util.Arrays.fill(segments, length / 2, length, 1);
    return new Sequence(ids, segments, List.of(), List.of());
  }
}
