// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The bootstrap of a system's scores (Efron and Tibshirani 1993, chapter 13): as many examples as
 * there are, drawn with replacement, are scored again, many times over. What is drawn is what a
 * comparison with as many resamples and the same seed draws, so that both give the same interval.
 */
public final class Bootstrap {

  private final Resampling resampling;

  /**
   * @param resampling how it draws
   */
  public Bootstrap(Resampling resampling) {
    this.resampling = resampling;
  }

  /**
   * Where a mean lies with 95 % confidence.
   *
   * @param values one an example, at least one
   */
  public Interval ofMean(double[] values) {
    return of(
        values.length,
        places -> Arrays.stream(places).mapToDouble(i -> values[i]).sum() / places.length);
  }

  /**
   * Where a score lies with 95 % confidence.
   *
   * @param examples how many there are, at least one
   * @param score of the examples at some places, one of which may be there several times
   */
  public Interval of(int examples, ToDoubleFunction<int[]> score) {
    return of(
            IntStream.range(0, examples).toArray(),
            places -> Map.of("score", score.applyAsDouble(places)))
        .get("score");
  }

  /**
   * Where a system's values lie with 95 % confidence, by their names.
   *
   * @param examples places of the examples, at least one
   * @param scoring values of examples by their places, of which one may be there several times
   */
  public Map<String, Interval> of(int[] examples, Function<int[], Map<String, Double>> scoring) {
    Map<String, double[]> drawn = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(resampling.seed());
    int[] places = new int[examples.length];
    for (int i = 0; i < resampling.resamples(); i++) {
      for (int place = 0; place < places.length; place++) {
        places[place] = examples[random.nextInt(examples.length)];
      }
      int resample = i;
      scoring
          .apply(places.clone())
          .forEach(
              (name, value) ->
                  drawn.computeIfAbsent(name, key -> new double[resampling.resamples()])[resample] =
                      value);
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    drawn.forEach((name, values) -> intervals.put(name, Interval.of(values)));
    return intervals;
  }
}
