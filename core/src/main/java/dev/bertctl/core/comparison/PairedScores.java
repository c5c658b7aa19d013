// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import dev.bertctl.core.statistics.SystemScores;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores two systems' predictions for the same examples with the task's metric, on any of them.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class PairedScores<X extends Example, P extends Prediction> {

  private final Metric<X, P> metric;
  private final SystemScores<X, P> first;
  private final SystemScores<X, P> second;

  PairedScores(Metric<X, P> metric, List<X> examples, List<P> first, List<P> second) {
    this.metric = metric;
    this.first = new SystemScores<>(metric, examples, first);
    this.second = new SystemScores<>(metric, examples, second);
  }

  /** The values on all examples. */
  Map<String, Pair> measured() {
    return pairs(first.measured(), second.measured());
  }

  /** The values on some examples. */
  Map<String, Pair> of(int[] places) {
    return pairs(first.of(places), second.of(places));
  }

  /** An example's value alone. */
  Pair alone(String name, int place) {
    return new Pair(first.alone(name, place), second.alone(name, place));
  }

  /**
   * Whether a value says of each example whether the systems are right, and is the share of those
   * on which they are.
   */
  boolean isShareOfRight(String name) {
    return first.isShareOfRight(name) && second.isShareOfRight(name);
  }

  /** The value that says whether a prediction is right: the primary one, or else the first such. */
  Optional<String> judge() {
    List<String> names = new ArrayList<>(List.of(metric.primary()));
    names.addAll(first.measured().keySet());
    return names.stream().filter(this::isShareOfRight).findFirst();
  }

  private static Map<String, Pair> pairs(Map<String, Double> first, Map<String, Double> second) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    first.forEach((name, value) -> pairs.put(name, new Pair(value, second.get(name))));
    return pairs;
  }
}
