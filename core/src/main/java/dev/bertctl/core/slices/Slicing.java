// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import dev.bertctl.core.inspect.LabelCounter;
import dev.bertctl.core.slices.SliceReport.Measured;
import dev.bertctl.core.slices.SliceReport.Slice;
import dev.bertctl.core.statistics.Bootstrap;
import dev.bertctl.core.statistics.Interval;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.core.statistics.SystemScores;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts examples into slices before the model runs, takes the predictions for them, and scores each
 * slice with the task's metric. All are in memory until then.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class Slicing<X extends Example, P extends Prediction>
    implements PredictionSink<X, P> {

  private static final String ALL = "all";

  private final Task<X, P> task;
  private final Metric<X, P> metric;
  private final List<SliceBy> by;
  private final List<X> examples = new ArrayList<>();
  private final List<P> predictions = new ArrayList<>();
  private final List<SlicedExample> sliced = new ArrayList<>();

  private final Map<SliceBy, Map<String, int[]>> slices = new LinkedHashMap<>();

  /**
   * @param task a task that has a metric
   * @param by what to slice by; nothing is kept if it is nothing
   */
  public Slicing(Task<X, P> task, List<SliceBy> by) {
    this.task = task;
    this.metric = task.scoring().orElseThrow().metric();
    this.by = List.copyOf(by);
  }

  /** Takes an example as the model will see it, before any is predicted for, in their order. */
  public void packed(X example, List<Feature> features) {
    if (!by.isEmpty()) {
      sliced.add(sliced(example, features));
    }
  }

  /**
   * Makes the slices of what is packed.
   *
   * @throws dev.bertctl.runtime.UserException if there is nothing to slice by
   */
  public void slice() {
    Grouping grouping = new Grouping(sliced);
    by.forEach(each -> slices.put(each, grouping.by(each)));
  }

  @Override
  public void accept(X example, P prediction) {
    if (!by.isEmpty()) {
      examples.add(example);
      predictions.add(prediction);
    }
  }

  private SlicedExample sliced(X example, List<Feature> features) {
    LabelCounter labels = new LabelCounter(task.head());
    features.forEach(labels::add);
    Set<String> present =
        labels.balance().counts().entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    int tokens = 0;
    int cut = 0;
    for (Feature feature : features) {
      for (Sequence sequence : feature.sequences()) {
        tokens = Math.max(tokens, sequence.length());
        cut += sequence.cut().stream().mapToInt(Integer::intValue).sum();
      }
    }
    return new SlicedExample(tokens, cut, present, example.columns());
  }

  /** Scores the slices; empty if none are wanted. */
  public Optional<SliceReport> report(Resampling resampling) {
    if (by.isEmpty()) {
      return Optional.empty();
    }
    SystemScores<X, P> scores = new SystemScores<>(metric, examples, predictions);
    Bootstrap bootstrap = new Bootstrap(resampling);
    List<Slice> scored = new ArrayList<>();
    slices.forEach(
        (each, groups) ->
            groups.forEach(
                (name, places) ->
                    scored.add(slice(each.toString(), name, places, scores, bootstrap))));
    scored.sort(worstFirst());
    int[] all = IntStream.range(0, examples.size()).toArray();
    return Optional.of(
        new SliceReport(
            metric.primary(), resampling, slice(ALL, ALL, all, scores, bootstrap), scored));
  }

  /**
   * Of equally bad slices the larger one comes first; a value that is not defined tells nothing,
   * and stands last.
   */
  private Comparator<Slice> worstFirst() {
    double sign = metric.higherIsBetter() ? 1 : -1;
    return Comparator.<Slice>comparingDouble(
            slice -> sign * slice.values().get(metric.primary()).value())
        .thenComparing(Comparator.comparingInt(Slice::examples).reversed());
  }

  private static Slice slice(
      String by, String name, int[] places, SystemScores<?, ?> scores, Bootstrap bootstrap) {
    Map<String, Double> values = scores.of(places);
    Map<String, Interval> intervals = bootstrap.of(places, scores::of);
    Map<String, Measured> measured = new LinkedHashMap<>();
    values.forEach(
        (metric, value) -> measured.put(metric, new Measured(value, intervals.get(metric))));
    return new Slice(by, name, places.length, measured);
  }
}
