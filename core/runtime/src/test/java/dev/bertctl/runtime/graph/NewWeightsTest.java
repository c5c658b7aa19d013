// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewWeightsTest {

  @Test
  void weightDependsOnSeedAndNameOnly() {
    FloatBuffer first = draw(1, "classifier.weight");
    NewWeights weights = new NewWeights(1, 0.02);
    weights.draw(ParameterSpec.of("other.weight", List.of(7), Initializer.NORMAL));
    assertEquals(first, weights.draw(normal("classifier.weight")).values());
    assertNotEquals(first, draw(2, "classifier.weight"));
    assertNotEquals(first, draw(1, "other.weight"));
  }

  @Test
  void normalWeightsHaveMeanZeroAndTheDeviationAsked() {
    float[] values = draw(1, "classifier.weight").array();
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    // Four standard errors of 20,000 draws.
    assertEquals(0, sum / values.length, 4 * 0.02 / Math.sqrt(values.length));
    assertEquals(
        0.02, Math.sqrt(squares / values.length), 4 * 0.02 / Math.sqrt(2.0 * values.length));
  }

  @Test
  void zerosAndOnes() {
    NewWeights weights = new NewWeights(1, 0.02);
    assertEquals(
        new WeightTensor("b", List.of(2), FloatBuffer.wrap(new float[] {0, 0})),
        weights.draw(ParameterSpec.of("b", List.of(2), Initializer.ZEROS)));
    assertEquals(
        new WeightTensor("b", List.of(2), FloatBuffer.wrap(new float[] {1, 1})),
        weights.draw(ParameterSpec.of("b", List.of(2), Initializer.ONES)));
  }

  /** As PyTorch's layers begin: embeddings N(0, 1), dense layers within 1 over the root of in. */
  @Test
  void theBooksModelsBeginAsPyTorchsLayersDo() {
    NewWeights weights = NewWeights.of(1, BertConfig.of(1000, 64, 2, 4, 128, 50, 1).asInD2l());
    List<ParameterSpec> dense = ParameterSpec.dense("classifier", 100, 3000);
    for (ParameterSpec spec : dense) {
      float[] values = weights.draw(spec).values().array();
      double squares = 0;
      for (float value : values) {
        assertEquals(0, value, 0.1);
        squares += value * value;
      }
      // The variance of a uniform distribution of width 0.2, within 5 standard errors (2 /
      // sqrt(5n)).
      double variance = 0.2 * 0.2 / 12;
      assertEquals(1, squares / values.length / variance, 10 / Math.sqrt(5.0 * values.length));
    }
    ParameterSpec words =
        ParameterSpec.of(
            "embeddings.word_embeddings.weight", List.of(1000, 64), Initializer.NORMAL);
    double squares = 0;
    for (float value : weights.draw(words).values().array()) {
      squares += value * value;
    }
    assertEquals(1, squares / 64_000, 5 * Math.sqrt(2.0 / 64_000));
  }

  private static FloatBuffer draw(long seed, String name) {
    return new NewWeights(seed, 0.02).draw(normal(name)).values();
  }

  private static ParameterSpec normal(String name) {
    return ParameterSpec.of(name, List.of(100, 200), Initializer.NORMAL);
  }
}
