// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a search draws from (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization",
 * 2012).
 *
 * <p>The evolutionary optimisers of the JVM were looked at first. CMA-ES of Hipparchus is for
 * continuous parameters only, calls the function itself rather than being asked and told, and, as
 * Jenetics does, wants populations over many generations: hundreds of evaluations. A search here
 * has 10 to 50 noisy and expensive ones, continuous, integer and categorical together, of which the
 * poor ones are to end early, and is resumed after the process was killed.
 *
 * @param dimensions the settings, each of another key
 * @param seed decides what is drawn
 */
public record SearchSpace(List<Dimension> dimensions, long seed) {

  /** Copies the list. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The settings of a trial. They depend on seed and number alone, so that a search that goes on
   * draws what it would have drawn.
   *
   * @param trial its number, from 0
   * @return values by key, in the order of the dimensions
   */
  public Map<String, String> draw(int trial) {
    SplittableRandom seeds = new SplittableRandom(seed);
    SplittableRandom random = seeds.split();
    for (int i = 0; i < trial; i++) {
      random = seeds.split();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      values.put(dimension.key(), dimension.draw(random));
    }
    return values;
  }
}
