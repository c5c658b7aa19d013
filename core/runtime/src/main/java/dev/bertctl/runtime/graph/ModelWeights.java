// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Moves weights between files and a model. */
public final class ModelWeights {

  private ModelWeights() {}

  /**
   * Loads a pretrained model's weights; pooler and head are newly initialised where it has none.
   *
   * @param seed of the initialisation
   * @return what became of each weight
   * @throws UserException if a weight is missing or has another shape
   */
  public static WeightAccount load(
      BertModel model, Head head, PretrainedModel pretrained, long seed) {
    Map<String, ParameterSpec> specs =
        model.parameters().stream()
            .map(Parameter::spec)
            .collect(
                Collectors.toMap(
                    ParameterSpec::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    Map<Boolean, List<ParameterSpec>> byPart =
        specs.values().stream()
            .collect(Collectors.partitioningBy(spec -> BertParameters.isOfEncoder(spec.name())));
    WeightAccount account =
        WeightAccount.of(
            pretrained.reference(),
            ParameterSpec.shapes(byPart.get(true)),
            ParameterSpec.shapes(byPart.get(false)),
            pretrained.weights());
    account
        .loaded()
        .forEach(name -> model.values().assign(name, pretrained.weights().get(name).values()));
    NewWeights fresh = NewWeights.of(seed, pretrained.config());
    for (String name : account.initialized()) {
      model.values().assign(name, fresh.draw(specs.get(name)).values());
    }
    return account;
  }

  /** The model's weights as they stand, each copied out of TensorFlow when it is asked for. */
  public static List<Weight> of(BertModel model) {
    return model.parameters().stream().map(parameter -> variable(model, parameter.name())).toList();
  }

  /** Weights and the optimizer's slots, such as Adam's moments. */
  public static List<Weight> withSlots(BertModel model) {
    return model.values().names().stream().map(name -> variable(model, name)).toList();
  }

  private static Weight variable(BertModel model, String name) {
    return new DeferredWeight(
        name, model.values().shape(name), () -> model.values().read(name).values());
  }
}
