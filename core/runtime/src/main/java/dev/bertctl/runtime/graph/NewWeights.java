// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Draws weights that a checkpoint does not have. A weight depends on the seed and on its name
 * alone, so that it is the same whatever else is drawn.
 */
public final class NewWeights {

  private final long seed;
  private final double deviation;
  private final BertConfig.Variant variant;

  private NewWeights(long seed, double deviation, BertConfig.Variant variant) {
    this.seed = seed;
    this.deviation = deviation;
    this.variant = variant;
  }

  /**
   * As the original BERT begins.
   *
   * @param seed of the run
   * @param deviation standard deviation of normal weights
   */
  public NewWeights(long seed, double deviation) {
    this(seed, deviation, BertConfig.Variant.ORIGINAL);
  }

  /**
   * As a model begins.
   *
   * @param seed of the run
   */
  public static NewWeights of(long seed, BertConfig config) {
    return new NewWeights(seed, config.initializerRange(), config.variant());
  }

  /** A weight's first values. */
  public WeightTensor draw(ParameterSpec spec) {
    float[] values = new float[Math.toIntExact(spec.size())];
    Random random = new Random(31 * seed + spec.name().hashCode());
    if (variant == BertConfig.Variant.D2L && spec.fanIn().isPresent()) {
      uniform(values, random, 1 / Math.sqrt(spec.fanIn().getAsInt()));
    } else {
      switch (spec.initializer()) {
        case NORMAL -> normal(values, random, deviation(spec));
        case ONES -> Arrays.fill(values, 1);
        case ZEROS -> {}
      }
    }
    return new WeightTensor(spec.name(), spec.shape(), FloatBuffer.wrap(values));
  }

  /** PyTorch's embeddings begin with the standard deviation 1. */
  private double deviation(ParameterSpec spec) {
    return variant == BertConfig.Variant.D2L && BertParameters.isOfEncoder(spec.name())
        ? 1
        : deviation;
  }

  private static void normal(float[] values, Random random, double deviation) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
  }

  /** From minus the bound to the bound, as PyTorch's dense layers begin, biases included. */
  private static void uniform(float[] values, Random random, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }
}
