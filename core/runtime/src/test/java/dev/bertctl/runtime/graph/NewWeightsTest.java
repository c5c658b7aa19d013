// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
    weights.draw(new ParameterSpec("other.weight", List.of(7), Initializer.NORMAL));
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
        weights.draw(new ParameterSpec("b", List.of(2), Initializer.ZEROS)));
    assertEquals(
        new WeightTensor("b", List.of(2), FloatBuffer.wrap(new float[] {1, 1})),
        weights.draw(new ParameterSpec("b", List.of(2), Initializer.ONES)));
  }

  private static FloatBuffer draw(long seed, String name) {
    return new NewWeights(seed, 0.02).draw(normal(name)).values();
  }

  private static ParameterSpec normal(String name) {
    return new ParameterSpec(name, List.of(100, 200), Initializer.NORMAL);
  }
}
