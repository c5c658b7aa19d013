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
import java.util.Set;
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
    List<ParameterSpec> specs = model.parameters().stream().map(Parameter::spec).toList();
    WeightAccount account = account(specs, pretrained);
    model.values().assign(all(specs, account, pretrained, seed));
    return account;
  }

  /**
   * Compares what a model needs with what a pretrained one has.
   *
   * @throws UserException if a weight is missing or has another shape
   */
  public static WeightAccount account(List<ParameterSpec> specs, PretrainedModel pretrained) {
    Map<Boolean, List<ParameterSpec>> byPart =
        specs.stream()
            .collect(Collectors.partitioningBy(spec -> BertParameters.isOfEncoder(spec.name())));
    return WeightAccount.of(
        pretrained.reference(),
        ParameterSpec.shapes(byPart.get(true)),
        ParameterSpec.shapes(byPart.get(false)),
        pretrained.weights());
  }

  /**
   * All weights that a model needs by name, those that the pretrained one lacks newly initialised
   * when they are read.
   *
   * @param account what became of each weight
   * @param seed of the initialisation
   */
  public static Map<String, Weight> all(
      List<ParameterSpec> specs, WeightAccount account, PretrainedModel pretrained, long seed) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    account.loaded().forEach(name -> weights.put(name, pretrained.weights().get(name)));
    NewWeights fresh = NewWeights.of(seed, pretrained.config());
    Set<String> missing = Set.copyOf(account.initialized());
    for (ParameterSpec spec : specs) {
      if (missing.contains(spec.name())) {
        weights.put(
            spec.name(),
            new DeferredWeight(spec.name(), spec.shape(), () -> fresh.draw(spec).values()));
      }
    }
    return weights;
  }

  /** The model's weights as they stand, copied out of TensorFlow when they are asked for. */
  public static List<Weight> of(BertModel model) {
    return model.values().deferred(model.parameters().stream().map(Parameter::name).toList());
  }

  /** Weights and the optimizer's slots, such as Adam's moments. */
  public static List<Weight> withSlots(BertModel model) {
    return model.values().deferred(model.values().names());
  }
}
