// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Features as the model is to see them in an epoch: what a packing draws depends on seed, epoch and
 * feature alone.
 */
public final class FeatureDraws {

  private final InputPacking<?> packing;
  private final Packer packer;
  private final FeatureList features;
  private final long firstExample;
  private final long seed;

  /**
   * Draws features of all the data.
   *
   * @param packing the task's
   * @param packer what the features were packed with
   * @param features as they were packed
   * @param seed the run's
   */
  public FeatureDraws(InputPacking<?> packing, Packer packer, FeatureList features, long seed) {
    this(packing, packer, features, 0, seed);
  }

  /**
   * Draws features of a part of the data, as if they were drawn with all others.
   *
   * @param firstExample the place of its first example in the data
   */
  public FeatureDraws(
      InputPacking<?> packing, Packer packer, FeatureList features, long firstExample, long seed) {
    this.packing = packing;
    this.packer = packer;
    this.features = features;
    this.firstExample = firstExample;
    this.seed = seed;
  }

  /**
   * A feature as it is to be seen.
   *
   * @param index which one
   * @param epoch from 0; the same for each evaluation
   * @throws UserException if it cannot be drawn with this model, such as one without {@code [MASK]}
   * @throws IllegalStateException if the packing draws one that is too long
   */
  public Feature draw(int index, int epoch) {
    int example = features.example(index);
    // Counted from its example's first: a part of the data does not know how many stand before it.
    int place = index - firstOf(example);
    RandomGenerator random =
        new SplittableRandom(
            mixed(mixed(mixed(mixed(seed) + epoch) + firstExample + example) + place));
    Feature drawn = drawn(index, random);
    if (Batch.length(drawn) > packer.maxLength()) {
      throw new IllegalStateException(
          "the task drew a sequence of %d tokens where %d are allowed"
              .formatted(Batch.length(drawn), packer.maxLength()));
    }
    return drawn;
  }

  private Feature drawn(int index, RandomGenerator random) {
    try {
      return packing.draw(features.get(index), new FeatureDraw(index, random));
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }

  /** The first feature of an example, or of one behind it: examples stand in their order. */
  private int firstOf(int example) {
    int from = 0;
    int to = features.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (features.example(middle) < example) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Makes neighbouring numbers differ in all their bits (Stafford's thirteenth variant). */
  private static long mixed(long number) {
    long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private final class FeatureDraw implements Draw {

    private final int index;
    private final RandomGenerator random;

    FeatureDraw(int index, RandomGenerator random) {
      this.index = index;
      this.random = random;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public Feature another() {
      int first = firstOf(features.example(index));
      int own = firstOf(features.example(index) + 1) - first;
      int others = features.size() - own;
      if (others == 0) {
        return features.get(random.nextInt(own));
      }
      int other = random.nextInt(others);
      return features.get(other < first ? other : other + own);
    }

    @Override
    public Packer packer() {
      return packer;
    }
  }
}
