// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.nio.FloatBuffer;
import java.util.List;
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

  /** Values for a weight, row-major. */
  public FloatBuffer draw(String name, List<Integer> shape, Initializer initializer) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    switch (initializer) {
      case NORMAL -> {
        Random random = new Random(31 * seed + name.hashCode());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * deviation);
        }
      }
      case ONES -> java.util.Arrays.fill(values, 1);
      case ZEROS -> {}
    }
    return FloatBuffer.wrap(values);
  }
}
