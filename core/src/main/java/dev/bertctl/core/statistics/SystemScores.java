// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scores a system's predictions with the task's metric, on any of the examples.
 *
 * <p>Values that are means over the examples, as accuracy and exact match are and F1 of entities is
 * not, need each example scored but once; others are scored anew for each resample.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class SystemScores<X extends Example, P extends Prediction> {

  private final Metric<X, P> metric;
  private final List<X> examples;
  private final List<P> predictions;

  /** The values of each example alone. */
  private final List<Map<String, Double>> alone;

  private final Map<String, Double> measured;
  private final Set<String> means;

  /**
   * @param metric the task's
   * @param examples with their gold labels
   * @param predictions one for each
   */
  public SystemScores(Metric<X, P> metric, List<X> examples, List<P> predictions) {
    this.metric = metric;
    this.examples = List.copyOf(examples);
    this.predictions = List.copyOf(predictions);
    MeanValues<X, P> values = new MeanValues<>(metric);
    this.alone =
        IntStream.range(0, examples.size())
            .mapToObj(i -> values.add(examples.get(i), predictions.get(i)))
            .toList();
    this.measured = values.measured();
    this.means =
        measured.keySet().stream().filter(values::isMean).collect(Collectors.toUnmodifiableSet());
  }

  /** The values on all examples. */
  public Map<String, Double> measured() {
    return measured;
  }

  /**
   * The values on some examples.
   *
   * @param places of the examples; one may be there several times
   */
  public Map<String, Double> of(int[] places) {
    Map<String, Double> rest = means.containsAll(measured.keySet()) ? Map.of() : rescored(places);
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name : measured.keySet()) {
      values.put(name, means.contains(name) ? mean(name, places) : rest.get(name));
    }
    return values;
  }

  /** An example's value alone. */
  public double alone(String name, int place) {
    return alone.get(place).get(name);
  }

  /**
   * Whether a value says of each example whether the system is right, and is the share of those on
   * which it is.
   */
  public boolean isShareOfRight(String name) {
    return means.contains(name)
        && alone.stream()
            .map(values -> values.get(name))
            .allMatch(value -> value == 0 || value == 1);
  }

  /** The value that says whether a prediction is right: the primary one, or else the first such. */
  public Optional<String> judge() {
    List<String> names = new ArrayList<>(List.of(metric.primary()));
    names.addAll(measured.keySet());
    return names.stream().filter(this::isShareOfRight).findFirst();
  }

  private double mean(String name, int[] places) {
    double sum = 0;
    for (int place : places) {
      sum += alone(name, place);
    }
    return sum / places.length;
  }

  private Map<String, Double> rescored(int[] places) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    Arrays.stream(places).forEach(place -> scorer.add(examples.get(place), predictions.get(place)));
    return scorer.scores().values();
  }
}
