// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.ParameterGroups.Group;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen parameters stay as they are and take no memory; the others learn as they would anyway. */
class FreezingTest {

  private static final Head CLASSIFIER = new ClassifierHead(List.of("a", "b"));
  private static final ParameterGroups ALL = ParameterGroups.uniform(1e-2, 0.1);

  static Stream<Arguments> cases() {
    Head pretraining = LanguageModelHeadsTest.pretraining();
    ParameterGroups layer0 = ALL.withGroups(List.of(frozen("encoder.layer.0.*")));
    ParameterGroups weights = ALL.withGroups(List.of(frozen("*.weight")));
    ParameterGroups onlyEncoder =
        ALL.withGroups(List.of(frozen("classifier.*"), frozen("pooler.*")));
    return Stream.of(
        arguments("embeddings", CLASSIFIER, ALL.withFreeze(Freeze.EMBEDDINGS)),
        arguments("1", CLASSIFIER, ALL.withFreeze(Freeze.layers(1))),
        arguments("2", CLASSIFIER, ALL.withFreeze(Freeze.layers(2))),
        arguments("encoder", CLASSIFIER, ALL.withFreeze(Freeze.ENCODER)),
        arguments("layer 0, but not the embeddings", CLASSIFIER, layer0),
        arguments("weights, but not biases", CLASSIFIER, weights),
        arguments("head and pooler", CLASSIFIER, onlyEncoder),
        arguments("1, all states read", reader(), ALL.withFreeze(Freeze.layers(1))),
        arguments("encoder, all states read", reader(), ALL.withFreeze(Freeze.ENCODER)),
        arguments("tied embeddings", pretraining, ALL.withFreeze(Freeze.EMBEDDINGS)),
        arguments("tied embeddings' encoder", pretraining, ALL.withFreeze(Freeze.ENCODER)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void frozenWeightsStayAndOthersLearnAsBefore(String name, Head head, ParameterGroups groups) {
    Batch batch = batch();
    Map<String, float[]> all;
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT.with(ALL)))) {
      all = model.gradients(batch, 0);
    }
    TrainingSpec spec = TrainingSpec.DEFAULT.with(groups);
    try (BertModel model = RandomModel.of(head, Optional.of(spec))) {
      Set<String> trained = new TreeSet<>();
      Set<String> expectedVariables = new TreeSet<>();
      for (Parameter parameter : model.parameters()) {
        expectedVariables.add(parameter.name());
        if (!groups.treatment(parameter.spec(), 2).frozen()) {
          trained.add(parameter.name());
          expectedVariables.add("m/" + parameter.name());
          expectedVariables.add("v/" + parameter.name());
        }
      }
      assertFalse(trained.isEmpty());
      assertFalse(trained.containsAll(all.keySet()));
      assertEquals(expectedVariables, new TreeSet<>(model.values().names()));
      Map<String, float[]> gradients = model.gradients(batch, 0);
      assertEquals(trained, new TreeSet<>(gradients.keySet()));
      gradients.forEach((weight, values) -> assertArrayEquals(all.get(weight), values, 1e-6f));
      assertOnlyTrainedChange(model, batch, trained);
    }
  }

  /** A classifier on the sum of the first token's hidden states of all layers. */
  private static Head reader() {
    return TestHead.classifier(
        Set.of(EncoderNeed.HIDDEN_STATES),
        graph ->
            graph
                .tf()
                .math
                .addN(
                    graph.hiddenStates().stream()
                        .map(states -> TestHead.first(graph, states))
                        .toList()));
  }

  /** In one part and in two. */
  private static void assertOnlyTrainedChange(BertModel model, Batch batch, Set<String> trained) {
    Map<String, float[]> before = weights(model);
    model.train(List.of(batch), new Optimizer.Step(1, 1e-2, 1), 0);
    model.train(List.of(batch, batch), new Optimizer.Step(2, 1e-2, 1), 0);
    weights(model)
        .forEach(
            (name, values) ->
                assertEquals(
                    trained.contains(name), !Arrays.equals(before.get(name), values), name));
  }

  @Test
  void momentumHasOneVariableAndPlainDescentNone() {
    TrainingSpec spec = TrainingSpec.DEFAULT.with(ALL.withFreeze(Freeze.ENCODER));
    try (BertModel model =
        RandomModel.of(CLASSIFIER, Optional.of(spec.with(new OptimizerSpec.Sgd(0.5))))) {
      assertEquals(
          Set.of(
              "momentum/pooler.dense.weight",
              "momentum/pooler.dense.bias",
              "momentum/classifier.weight",
              "momentum/classifier.bias"),
          slots(model));
    }
    try (BertModel model =
        RandomModel.of(CLASSIFIER, Optional.of(spec.with(new OptimizerSpec.Sgd(0))))) {
      assertEquals(Set.of(), slots(model));
    }
  }

  private static Set<String> slots(BertModel model) {
    Set<String> weights = weights(model).keySet();
    return model.values().names().stream()
        .filter(name -> !weights.contains(name))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingLeftToTrain() {
    assertMessage(
        "nothing is left to train of task 'toy': every parameter is frozen; freeze less",
        CLASSIFIER,
        ALL.withGroups(List.of(frozen("*"))));
  }

  @Test
  void moreLayersThanThereAre() {
    assertMessage(
        "the first 3 layers cannot be frozen: the model has 2; freeze at most that, or write encoder",
        CLASSIFIER,
        ALL.withFreeze(Freeze.layers(3)));
  }

  private static void assertMessage(String message, Head head, ParameterGroups groups) {
    Optional<TrainingSpec> spec = Optional.of(TrainingSpec.DEFAULT.with(groups));
    assertEquals(
        message,
        assertThrows(UserException.class, () -> RandomModel.of(head, spec).close()).getMessage());
  }

  private static Group frozen(String match) {
    return new Group(match, Optional.empty(), Optional.empty(), true);
  }

  /** Fits the classifier and pre-training alike. */
  private static Batch batch() {
    Random random = new Random(3);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      features.add(
          RandomModel.feature(random, 5 + i, Target.of(i % 2))
              .at(1, 3)
              .with(LanguageModelHeadsTest.TOKENS, Target.of(7 + i, 12))
              .with(LanguageModelHeadsTest.NEXT, Target.of(i % 2)));
    }
    return Batch.of(features, 0);
  }

  private static Map<String, float[]> weights(BertModel model) {
    return model.parameters().stream()
        .collect(Collectors.toMap(Parameter::name, parameter -> values(model, parameter)));
  }

  private static float[] values(BertModel model, Parameter parameter) {
    float[] values = new float[Math.toIntExact(parameter.spec().size())];
    model.values().read(parameter.name()).values().get(values);
    return values;
  }
}
