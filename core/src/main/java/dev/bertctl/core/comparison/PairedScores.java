// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.comparison.PairedBootstrap.Pair;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scores two systems' predictions for the same examples with the task's metric, on any of them.
 *
 * <p>Values that are means over the examples, as accuracy and exact match are and F1 of entities is
 * not, need each example scored but once; others are scored anew for each resample.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class PairedScores<X extends Example, P extends Prediction> {

  private static final double ROUNDING = 1e-9;

  private final Metric<X, P> metric;
  private final List<X> examples;
  private final List<P> first;
  private final List<P> second;

  /** The values of each example alone. */
  private final List<Map<String, Pair>> alone;

  private final Map<String, Pair> measured;
  private final Set<String> means;

  PairedScores(Metric<X, P> metric, List<X> examples, List<P> first, List<P> second) {
    this.metric = metric;
    this.examples = List.copyOf(examples);
    this.first = List.copyOf(first);
    this.second = List.copyOf(second);
    this.alone =
        IntStream.range(0, examples.size()).mapToObj(i -> rescored(new int[] {i})).toList();
    this.measured = rescored(IntStream.range(0, examples.size()).toArray());
    this.means =
        measured.keySet().stream().filter(this::isMean).collect(Collectors.toUnmodifiableSet());
  }

  /** The values on all examples. */
  Map<String, Pair> measured() {
    return measured;
  }

  /** The values on some examples. */
  Map<String, Pair> of(int[] places) {
    Map<String, Pair> rest = means.containsAll(measured.keySet()) ? Map.of() : rescored(places);
    Map<String, Pair> values = new LinkedHashMap<>();
    for (String name : measured.keySet()) {
      values.put(name, means.contains(name) ? mean(name, places) : rest.get(name));
    }
    return values;
  }

  /** An example's value alone. */
  Pair alone(String name, int place) {
    return alone.get(place).get(name);
  }

  /**
   * Whether a value says of each example whether the systems are right, and is the share of those
   * on which they are.
   */
  boolean isShareOfRight(String name) {
    return means.contains(name)
        && alone.stream()
            .map(values -> values.get(name))
            .allMatch(pair -> isZeroOrOne(pair.first()) && isZeroOrOne(pair.second()));
  }

  /** The value that says whether a prediction is right: the primary one, or else the first such. */
  Optional<String> judge() {
    List<String> names = new ArrayList<>(List.of(metric.primary()));
    names.addAll(measured.keySet());
    return names.stream().filter(this::isShareOfRight).findFirst();
  }

  private static boolean isZeroOrOne(double value) {
    return value == 0 || value == 1;
  }

  /** Told on all examples, and on parts of them lest it be so by chance. */
  private boolean isMean(String name) {
    return isMean(name, place -> true)
        && isMean(name, place -> place % 2 == 0)
        && isMean(name, place -> place % 3 != 0);
  }

  private boolean isMean(String name, IntPredicate part) {
    int[] places = IntStream.range(0, examples.size()).filter(part).toArray();
    if (places.length == 0) {
      return true;
    }
    Pair mean = mean(name, places);
    Pair whole = rescored(places).get(name);
    return Math.abs(mean.first() - whole.first()) < ROUNDING
        && Math.abs(mean.second() - whole.second()) < ROUNDING;
  }

  private Pair mean(String name, int[] places) {
    double firsts = 0;
    double seconds = 0;
    for (int place : places) {
      Pair pair = alone(name, place);
      firsts += pair.first();
      seconds += pair.second();
    }
    return new Pair(firsts / places.length, seconds / places.length);
  }

  private Map<String, Pair> rescored(int[] places) {
    Map<String, Double> firsts = values(places, first);
    Map<String, Double> seconds = values(places, second);
    Map<String, Pair> pairs = new LinkedHashMap<>();
    firsts.forEach((name, value) -> pairs.put(name, new Pair(value, seconds.get(name))));
    return pairs;
  }

  private Map<String, Double> values(int[] places, List<P> predictions) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    Arrays.stream(places).forEach(place -> scorer.add(examples.get(place), predictions.get(place)));
    return scorer.scores().values();
  }
}
