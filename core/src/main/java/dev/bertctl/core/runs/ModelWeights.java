// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves weights between files and a model. */
final class ModelWeights {

  private ModelWeights() {}

  /**
   * Loads a pretrained model's weights; pooler and head begin anew where it has none.
   *
   * @param seed of what begins anew
   * @return what became of each weight
   */
  static WeightAccount load(BertModel model, PretrainedModel pretrained, long seed) {
    Map<String, List<Integer>> required = new LinkedHashMap<>();
    Map<String, List<Integer>> optional = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      (Encoder.owns(parameter.name()) ? required : optional)
          .put(parameter.name(), parameter.shape());
    }
    WeightAccount account =
        WeightAccount.of(pretrained.reference(), required, optional, pretrained.weights());
    account
        .loaded()
        .forEach(name -> model.values().assign(name, pretrained.weights().get(name).values()));
    NewWeights fresh = new NewWeights(seed, pretrained.config().initializerRange());
    for (String name : account.initialized()) {
      model.values().assign(name, fresh.draw(name, optional.get(name), initializer(model, name)));
    }
    return account;
  }

  /** The pooler begins as Hugging Face begins it: normal kernel, zero bias. */
  private static Initializer initializer(BertModel model, String name) {
    return model
        .initializers()
        .getOrDefault(name, name.endsWith(".bias") ? Initializer.ZEROS : Initializer.NORMAL);
  }

  /** The model's weights as they stand, each copied out of TensorFlow when it is asked for. */
  static List<Weight> of(BertModel model) {
    return model.parameters().stream().map(parameter -> variable(model, parameter.name())).toList();
  }

  /** Weights and the optimizer's moments. */
  static List<Weight> withMoments(BertModel model) {
    return model.values().names().stream().map(name -> variable(model, name)).toList();
  }

  private static Weight variable(BertModel model, String name) {
    return new DeferredWeight(
        name, model.values().shape(name), () -> model.values().read(name).values());
  }
}
