// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import java.util.List;
import java.util.random.RandomGenerator;

/** The values that a search may give one setting. */
public sealed interface Dimension {

  /** The setting, such as {@code train.learning-rate}. */
  String key();

  /** Draws a value, as it would stand in a configuration. */
  String draw(RandomGenerator random);

  /**
   * One of several texts, each as likely as the others.
   *
   * @param key the setting
   * @param values at least one
   */
  record Choice(String key, List<String> values) implements Dimension {

    /** Copies the list. */
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String draw(RandomGenerator random) {
      return values.get(random.nextInt(values.size()));
    }
  }

  /**
   * An integer, each as likely as the others.
   *
   * @param key the setting
   * @param from the smallest
   * @param to the largest, itself drawn, too
   */
  record Integers(String key, long from, long to) implements Dimension {

    @Override
    public String draw(RandomGenerator random) {
      return Long.toString(from + (long) (random.nextDouble() * (to - from + 1)));
    }
  }

  /**
   * A number, evenly between two or evenly between their logarithms: then 1e-5 to 2e-5 is as likely
   * as 5e-5 to 1e-4.
   *
   * @param key the setting
   * @param from the smallest; above 0 on a logarithmic scale
   * @param to the largest
   * @param logarithmic whether the scale is logarithmic
   */
  record Numbers(String key, double from, double to, boolean logarithmic) implements Dimension {

    @Override
    public String draw(RandomGenerator random) {
      double share = random.nextDouble();
      double value = logarithmic ? from * Math.pow(to / from, share) : from + share * (to - from);
      // Rounding of the power must not lead outside.
      return Double.toString(Math.min(to, Math.max(from, value)));
    }
  }
}
