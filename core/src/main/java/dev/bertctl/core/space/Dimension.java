// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
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
   * An integer, each as likely as the others, or by its logarithm: then 8 to 16 is as likely as 16
   * to 32.
   *
   * @param key the setting
   * @param from the smallest; above 0 on a logarithmic scale
   * @param to the largest, itself drawn, too
   * @param logarithmic whether the scale is logarithmic
   */
  record Integers(String key, long from, long to, boolean logarithmic) implements Dimension {

    @Override
    public String draw(RandomGenerator random) {
      // Half of an integer's width on either side, so that those at the ends get their share.
      double value = between(from - 0.5, to + 0.5, logarithmic, random);
      return Long.toString(Math.min(to, Math.max(from, Math.round(value))));
    }
  }

  /**
   * A number, evenly between two or evenly between their logarithms: then 1e-5 to 2e-5 is as likely
   * as 5e-5 to 1e-4. It has four significant digits, as more tell nothing.
   *
   * @param key the setting
   * @param from the smallest; above 0 on a logarithmic scale
   * @param to the largest
   * @param logarithmic whether the scale is logarithmic
   */
  record Numbers(String key, double from, double to, boolean logarithmic) implements Dimension {

    private static final MathContext DIGITS = new MathContext(4);

    @Override
    public String draw(RandomGenerator random) {
      double value = between(from, to, logarithmic, random);
      double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
      // Rounding must not lead outside.
      double within = Math.min(to, Math.max(from, rounded));
      return Double.toString(within).toLowerCase(Locale.ROOT);
    }
  }

  private static double between(
      double from, double to, boolean logarithmic, RandomGenerator random) {
    double share = random.nextDouble();
    return logarithmic ? from * Math.pow(to / from, share) : from + share * (to - from);
  }
}
