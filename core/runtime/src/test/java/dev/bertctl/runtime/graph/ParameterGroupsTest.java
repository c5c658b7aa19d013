// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.ParameterGroups.Group;
import dev.bertctl.runtime.graph.ParameterGroups.Treatment;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterGroupsTest {

  private static final ParameterGroups ALL = ParameterGroups.uniform(1e-4, 0.01);

  @Test
  void decaySparesBiasesAndLayerNorms() {
    assertEquals(new Treatment(false, 1, 0.01), matrix(ALL, "encoder.layer.0.output.dense.weight"));
    assertEquals(new Treatment(false, 1, 0), vector(ALL, "encoder.layer.0.output.dense.bias"));
    assertEquals(
        new Treatment(false, 1, 0), vector(ALL, "encoder.layer.0.output.LayerNorm.weight"));
  }

  @Test
  void ratesDecayFromTheHeadDown() {
    ParameterGroups groups = ALL.withLayerDecay(0.5);
    assertEquals(1, matrix(groups, "classifier.weight").rateFactor());
    assertEquals(1, matrix(groups, "pooler.dense.weight").rateFactor());
    assertEquals(0.5, matrix(groups, "encoder.layer.1.output.dense.weight").rateFactor());
    assertEquals(0.25, matrix(groups, "encoder.layer.0.output.dense.weight").rateFactor());
    assertEquals(0.125, matrix(groups, "embeddings.word_embeddings.weight").rateFactor());
    assertEquals(0.125, vector(groups, "embeddings.LayerNorm.bias").rateFactor());
  }

  @Test
  void headHasItsOwnRate() {
    ParameterGroups groups = ALL.withHeadLearningRate(5e-4);
    assertEquals(5, matrix(groups, "classifier.weight").rateFactor(), 1e-12);
    assertEquals(1, matrix(groups, "pooler.dense.weight").rateFactor());
    assertEquals(1, matrix(groups, "encoder.layer.1.output.dense.weight").rateFactor());
  }

  @Test
  void lastGroupThatSaysSomethingOfASettingIsObeyed() {
    ParameterGroups groups =
        ALL.withFreeze(Freeze.ENCODER)
            .withGroups(
                List.of(
                    trained("encoder.layer.1.*", 2e-4),
                    trained("*.bias", 3e-4),
                    new Group("*.bias", Optional.empty(), Optional.of(0.5), false),
                    new Group("*.query.*", Optional.empty(), Optional.empty(), true)));
    assertEquals(true, matrix(groups, "encoder.layer.0.output.dense.weight").frozen());
    assertEquals(
        new Treatment(false, 2, 0.01), matrix(groups, "encoder.layer.1.output.dense.weight"));
    assertEquals(3, vector(groups, "encoder.layer.1.output.dense.bias").rateFactor(), 1e-12);
    assertEquals(0.5, vector(groups, "encoder.layer.1.output.dense.bias").weightDecay());
    assertEquals(true, vector(groups, "encoder.layer.1.attention.self.query.bias").frozen());
  }

  @Test
  void layerTenIsNotLayerOne() {
    ParameterGroups groups = ALL.withGroups(List.of(trained("encoder.layer.1.*", 2e-4)));
    assertEquals(1, matrix(groups, "encoder.layer.10.output.dense.weight").rateFactor());
    assertEquals(1, matrix(groups, "encoderXlayer.1.output.dense.weight").rateFactor());
  }

  @Test
  void patternsThatMatchNothingAreFound() {
    ParameterGroups groups =
        ALL.withGroups(List.of(trained("classifier.*", 2e-4), trained("clasifier.*", 2e-4)));
    assertEquals(
        List.of("clasifier.*"), groups.unmatched(List.of("classifier.weight", "classifier.bias")));
  }

  @Test
  void mistakesOfGroups() {
    assertMessage(
        "the group '*.bias' changes nothing; give it a learning rate or a weight decay, or freeze it",
        () -> new Group("*.bias", Optional.empty(), Optional.empty(), false));
    assertMessage(
        "the group '*.bias' is frozen, and has a learning rate or weight decay; leave one of them out",
        () -> new Group("*.bias", Optional.of(1e-4), Optional.empty(), true));
    assertMessage(
        "the learning rate of '*.bias' must be above 0, and is 0.0; what is not to be trained is frozen",
        () -> trained("*.bias", 0));
    assertMessage(
        "the weight decay must be at least 0, and is -0.1",
        () -> new Group("*.bias", Optional.empty(), Optional.of(-0.1), false));
  }

  @Test
  void mistakesOfNumbers() {
    assertMessage(
        "the layers' decay of the learning rate must be above 0 and at most 1, and is 1.5",
        () -> ALL.withLayerDecay(1.5));
    assertMessage(
        "the head's learning rate must be above 0, and is NaN; what is not to be trained is frozen",
        () -> ALL.withHeadLearningRate(Double.NaN));
    assertMessage(
        "label smoothing must be at least 0 and less than 1, and is 1.0",
        () -> TrainingSpec.DEFAULT.withLabelSmoothing(1));
    assertMessage(
        "the weight of class 'a' must be above 0, and is 0.0",
        () -> TrainingSpec.DEFAULT.withClassWeights(Map.of("a", 0.0)));
    assertMessage(
        "momentum must be at least 0 and less than 1, and is 1.0", () -> new OptimizerSpec.Sgd(1));
    assertMessage(
        "beta2 must be at least 0 and less than 1, and is 1.0",
        () -> new OptimizerSpec.Adam(0.9, 1, 1e-8));
    assertMessage(
        "epsilon must be a number above 0, and is 0.0",
        () -> new OptimizerSpec.AdamW(0.9, 0.999, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "embeddings", "encoder", "1", "12"})
  void freezeIsReadAsItIsWritten(String text) {
    assertEquals(text, Freeze.of(text).toString());
    assertEquals(Freeze.of(text), Freeze.of(text));
  }

  @Test
  void mistakesOfFreeze() {
    assertMessage(
        "'layers' names no part of the encoder; write none, embeddings, encoder, or the number of layers from the bottom",
        () -> Freeze.of("layers"));
    assertMessage(
        "the number of layers to freeze must be at least 1, and is 0; without any layer it is none or embeddings",
        () -> Freeze.of("0"));
  }

  private static void assertMessage(String message, Executable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
  }

  private static Group trained(String match, double rate) {
    return new Group(match, Optional.of(rate), Optional.empty(), false);
  }

  private static Treatment matrix(ParameterGroups groups, String name) {
    return groups.treatment(ParameterSpec.of(name, List.of(4, 4), Initializer.NORMAL), 2);
  }

  private static Treatment vector(ParameterGroups groups, String name) {
    return groups.treatment(ParameterSpec.of(name, List.of(4), Initializer.ZEROS), 2);
  }
}
