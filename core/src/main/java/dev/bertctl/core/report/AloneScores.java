// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.core.statistics.Bootstrap;
import dev.bertctl.core.statistics.Interval;
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
 * exact match are, F1 of entities is not. It is told as a comparison tells it: on all examples, and
 * on parts of them lest it be so by chance.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class AloneScores<X extends Example, P extends Prediction> {

  /** Examples that are kept to be scored anew, where the primary value is no mean. */
  static final int MOST_RESCORED = 4000;

  private static final double ROUNDING = 1e-9;

  private final Metric<X, P> metric;
  private final List<Part> parts;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final List<X> examples = new ArrayList<>();
  private final List<P> predictions = new ArrayList<>();
  private double[] primary = new double[64];
  private int count;

  AloneScores(Metric<X, P> metric) {
    this.metric = metric;
    this.parts = List.of(new Part(1, 0), new Part(2, 1), new Part(3, 0));
  }

  /**
   * Takes one more example, and scores it.
   *
   * @param exact whether the prediction is right to the letter: a value that then is not 1, as F1
   *     is of a sentence that rightly has no entities, does not say what is right
   */
  Map<String, Double> add(X example, P prediction, boolean exact) {
    Map<String, Double> scores = scores(List.of(example), List.of(prediction));
    if (count == 0) {
      scores.keySet().forEach(name -> tracks.put(name, new Track(parts.size())));
    }
    // What is not there for every example cannot be their mean.
    tracks.keySet().retainAll(scores.keySet());
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).has(count)) {
        parts.get(i).add(example, prediction);
        int part = i;
        tracks.forEach((name, track) -> track.sums[part] += scores.get(name));
      }
    }
    tracks.forEach(
        (name, track) -> {
          track.says &= says(scores.get(name), exact);
          track.defined |= !Double.isNaN(scores.get(name));
        });
    keep(example, prediction, scores.getOrDefault(metric.primary(), Double.NaN));
    count++;
    return scores;
  }

  private void keep(X example, P prediction, double value) {
    if (count == primary.length) {
      primary = Arrays.copyOf(primary, 2 * count);
    }
    primary[count] = value;
    if (count < MOST_RESCORED) {
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
    return candidates().filter(name -> tracks.get(name).says).filter(this::isMean).findFirst();
  }

  /**
   * The value that says how good a prediction is: of those that are means the primary one, or else
   * the first; without means the primary one, or where that is not defined of an example alone, as
   * perplexity is not, the first that is.
   */
  String graded() {
    return candidates()
        .filter(this::isMean)
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
    if (tracks.containsKey(metric.primary()) && isMean(metric.primary())) {
      interval = Optional.of(bootstrap.ofMean(Arrays.copyOf(primary, count)));
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

  private Map<String, Double> scores(List<X> some, List<P> theirs) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    for (int i = 0; i < some.size(); i++) {
      scorer.add(some.get(i), theirs.get(i));
    }
    return scorer.scores().values();
  }

  private boolean isMean(String name) {
    Track track = tracks.get(name);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.size > 0) {
        double whole = part.values().getOrDefault(name, Double.NaN);
        if (!(Math.abs(track.sums[i] / part.size - whole) < ROUNDING)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean says(double value, boolean exact) {
    return value == 1 || value == 0 && !exact;
  }

  /** Sums of a value in the parts. */
  private static final class Track {
    private final double[] sums;

    /** Whether it says so far of each example that it is right or wrong. */
    private boolean says = true;

    /** Whether it is defined of some example alone. */
    private boolean defined;

    Track(int parts) {
      sums = new double[parts];
    }
  }

  /** A part of the examples: all, the even ones, or those that are not every third. */
  private final class Part {
    private final int every;
    private final int without;
    private final Metric.Scorer<X, P> scorer = metric.scorer();
    private Map<String, Double> values;
    private int size;

    Part(int every, int without) {
      this.every = every;
      this.without = without;
    }

    boolean has(int place) {
      return every == 1 || place % every != without;
    }

    void add(X example, P prediction) {
      scorer.add(example, prediction);
      values = null;
      size++;
    }

    Map<String, Double> values() {
      values = values == null ? scorer.scores().values() : values;
      return values;
    }
  }
}
