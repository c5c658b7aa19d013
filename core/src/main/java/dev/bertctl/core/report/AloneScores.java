// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.core.statistics.Bootstrap;
import dev.bertctl.core.statistics.Interval;
import dev.bertctl.core.statistics.MeanValues;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a metric says of each example alone, and which of its values are means of that: accuracy and
 * exact match are, F1 of entities is not.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class AloneScores<X extends Example, P extends Prediction> {

  /** Examples that are kept to be scored anew, where the primary value is no mean. */
  static final int MOST_RESCORED = 4000;

  private final Metric<X, P> metric;
  private final MeanValues<X, P> means;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final List<X> examples = new ArrayList<>();
  private final List<P> predictions = new ArrayList<>();
  private double[] primary = new double[64];

  AloneScores(Metric<X, P> metric) {
    this.metric = metric;
    this.means = new MeanValues<>(metric);
  }

  /**
   * Takes one more example, and scores it.
   *
   * @param exact whether the prediction is right to the letter: a value that then is not 1, as F1
   *     is of a sentence that rightly has no entities, does not say what is right
   */
  Map<String, Double> add(X example, P prediction, boolean exact) {
    Map<String, Double> scores = means.add(example, prediction);
    if (means.count() == 1) {
      scores.keySet().forEach(name -> tracks.put(name, new Track()));
    }
    tracks.keySet().retainAll(scores.keySet());
    tracks.forEach(
        (name, track) -> {
          track.says &= says(scores.get(name), exact);
          track.defined |= !Double.isNaN(scores.get(name));
        });
    keep(example, prediction, scores.getOrDefault(metric.primary(), Double.NaN));
    return scores;
  }

  private void keep(X example, P prediction, double value) {
    int count = means.count();
    if (count > primary.length) {
      primary = Arrays.copyOf(primary, 2 * primary.length);
    }
    primary[count - 1] = value;
    if (count <= MOST_RESCORED) {
      examples.add(example);
      predictions.add(prediction);
    } else {
      examples.clear();
      predictions.clear();
    }
  }

  /**
   * The value that says whether a prediction is right: the primary one, or else the first such;
   * empty if none says it.
   */
  Optional<String> rightOrWrong() {
    return candidates().filter(name -> tracks.get(name).says).filter(means::isMean).findFirst();
  }

  /**
   * The value that says how good a prediction is: of those that are means the primary one, or else
   * the first; without means the primary one, or where that is not defined of an example alone, as
   * perplexity is not, the first that is.
   */
  String graded() {
    return candidates()
        .filter(means::isMean)
        .findFirst()
        .or(() -> candidates().filter(name -> tracks.get(name).defined).findFirst())
        .orElse(metric.primary());
  }

  private Stream<String> candidates() {
    return Stream.concat(Stream.of(metric.primary()), tracks.keySet().stream())
        .filter(tracks::containsKey);
  }

  /**
   * Where the primary value lies with 95 % confidence; empty if it is not defined, and if it is no
   * mean and there are more than {@value #MOST_RESCORED} examples.
   */
  Optional<Interval> interval(Resampling resampling) {
    Bootstrap bootstrap = new Bootstrap(resampling);
    Optional<Interval> interval = Optional.empty();
    if (tracks.containsKey(metric.primary()) && means.isMean(metric.primary())) {
      interval = Optional.of(bootstrap.ofMean(Arrays.copyOf(primary, means.count())));
    } else if (!examples.isEmpty() && !Double.isNaN(score(all()))) {
      interval = Optional.of(bootstrap.of(examples.size(), this::score));
    }
    return interval.filter(found -> !Double.isNaN(found.low()));
  }

  private int[] all() {
    int[] places = new int[examples.size()];
    Arrays.setAll(places, i -> i);
    return places;
  }

  private double score(int[] places) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    for (int place : places) {
      scorer.add(examples.get(place), predictions.get(place));
    }
    return scorer.scores().values().getOrDefault(metric.primary(), Double.NaN);
  }

  private static boolean says(double value, boolean exact) {
    return value == 1 || value == 0 && !exact;
  }

  /** What is known of a value. */
  private static final class Track {

    /** Whether it says so far of each example that it is right or wrong. */
    private boolean says = true;

    /** Whether it is defined of some example alone. */
    private boolean defined;
  }
}
