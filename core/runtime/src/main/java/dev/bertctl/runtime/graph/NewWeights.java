// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.util.Random;

/**
 * Draws weights that a checkpoint does not have. A weight depends on the seed and on its name
 * alone, so that it is the same whatever else is drawn.
 */
public final class NewWeights {

  private final long seed;
  private final double deviation;

  /**
   * @param seed of the run
   * @param deviation standard deviation of normal weights
   */
  public NewWeights(long seed, double deviation) {
    this.seed = seed;
    this.deviation = deviation;
  }

  /** A weight's first values. */
  public WeightTensor draw(ParameterSpec spec) {
    float[] values = new float[Math.toIntExact(spec.size())];
    switch (spec.initializer()) {
      case NORMAL -> {
        Random random = new Random(31 * seed + spec.name().hashCode());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * deviation);
        }
      }
      case ONES -> java.util.Arrays.fill(values, 1);
      case ZEROS -> {}
    }
    return new WeightTensor(spec.name(), spec.shape(), FloatBuffer.wrap(values));
  }
}
