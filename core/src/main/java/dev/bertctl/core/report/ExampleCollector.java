// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.core.statistics.Interval;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Viewer;
import dev.bertctl.spi.metric.Metric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at predictions while they are made, and keeps of the examples those that a report shows:
 * the worst, those that the model was least sure of, some of each cell of the confusion matrix. For
 * each value of the metric the worst are kept, as only all examples tell which of the values says
 * of one whether it is right.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class ExampleCollector<X extends Example, P extends Prediction>
    implements PredictionSink<X, P> {

  /** Examples of a list. */
  static final int MOST = 20;

  /** As {@code compare} draws unless told otherwise, but for the number. */
  private static final Resampling RESAMPLING = new Resampling(Resampling.FEWEST, 42);

  private final Metric<X, P> metric;
  private final Viewer<X, P> viewer;
  private final AloneScores<X, P> scores;
  private final Map<String, Ranking<ShownExample>> worst = new HashMap<>();
  private final Ranking<ShownExample> leastSure = new Ranking<>(MOST);
  private final Reliability reliability = new Reliability();
  private final ThresholdCurve thresholds = new ThresholdCurve();
  private final CellExamples cells;
  private long examples;
  private boolean exact;
  private Optional<String> unjudged = Optional.empty();

  /**
   * @param task a task with a metric
   */
  public ExampleCollector(Task<X, P> task) {
    this.metric = task.scoring().orElseThrow().metric();
    this.viewer = DefaultView.of(task);
    this.scores = new AloneScores<>(metric);
    this.cells = new CellExamples(task.head().labels());
  }

  @Override
  public void accept(X example, P prediction) {
    ExampleView view = viewer.view(example, prediction);
    Map<String, Double> alone = alone(example, prediction, view);
    long number = examples++;
    Supplier<ShownExample> shown = () -> ShownExample.of(example, number, view, alone);
    double confidence = view.confidence().orElse(0);
    alone.forEach(
        (name, value) -> {
          if (!Double.isNaN(value)) {
            worst
                .computeIfAbsent(name, key -> new Ranking<>(MOST))
                .add(badness(name, value, view), confidence, shown);
          }
        });
    view.confidence()
        .ifPresent(
            sure -> {
              leastSure.add(-sure, 0, shown);
              // Of several labels it is not the probability that all of them are right.
              if (view.decisions().size() <= 1) {
                reliability.add(sure, alone);
              }
            });
    view.decisions().forEach(thresholds::add);
    cells.add(view, shown);
    exact |= ShownExample.isExact(view);
  }

  /**
   * A metric may need more than one example, or the losses of the whole split, and fail without
   * them: then the report says so, and judges none. That is no reason to end a training.
   */
  private Map<String, Double> alone(X example, P prediction, ExampleView view) {
    if (unjudged.isPresent()) {
      return Map.of();
    }
    try {
      return scores.add(example, prediction, ShownExample.isExact(view));
    } catch (RuntimeException e) {
      unjudged = Optional.of(e.toString());
      worst.clear();
      return Map.of();
    }
  }

  /** What is right to the letter is the least of errors, whatever a metric says of it alone. */
  private double badness(String name, double value, ExampleView view) {
    if (ShownExample.isExact(view)) {
      return Double.NEGATIVE_INFINITY;
    }
    return metric.higherIsBetter(name) ? -value : value;
  }

  /** What was found, as plain values. */
  public Map<String, Object> facts() {
    Judgement judgement = judgement();
    Optional<String> right = judgement.right();
    String judge = judgement.judge();
    ShownList list = new ShownList(judge, right.isPresent(), exact);
    Map<String, Object> facts = new LinkedHashMap<>();
    judgement.interval().ifPresent(interval -> facts.put("interval", of(interval)));
    unjudged.ifPresent(reason -> facts.put("unjudged", reason));
    facts.put("judged_by", judge);
    facts.put("right_or_wrong", right.isPresent());
    List<ShownExample> errors =
        worst.containsKey(judge)
            ? worst.get(judge).items().stream()
                .filter(one -> right.isEmpty() || one.score().get(judge) != 1)
                .filter(one -> !one.isExact())
                .toList()
            : List.of();
    facts.put("worst", list.places(errors));
    facts.put("least_sure", list.places(leastSure.items()));
    facts.put("cells", cells(list));
    if (right.isPresent() && reliability.count() == examples) {
      facts.put("calibration", reliability.fields(judge));
    }
    List<Map<String, Object>> curve = thresholds.fields();
    if (!curve.isEmpty()) {
      facts.put("thresholds", curve);
    }
    facts.put("examples", list.fields());
    return PlainValues.ofMap(facts);
  }

  private Judgement judgement() {
    if (unjudged.isEmpty()) {
      try {
        Optional<String> right = scores.rightOrWrong();
        return new Judgement(right, right.orElseGet(scores::graded), scores.interval(RESAMPLING));
      } catch (RuntimeException e) {
        unjudged = Optional.of(e.toString());
        worst.clear();
      }
    }
    return new Judgement(Optional.empty(), metric.primary(), Optional.empty());
  }

  /**
   * What the metric says of the examples.
   *
   * @param right the value that says whether one is right, if there is such
   * @param judge the value that says how good one is
   * @param interval of the primary value, if there is one
   */
  private record Judgement(Optional<String> right, String judge, Optional<Interval> interval) {}

  private static Map<String, Object> of(Interval interval) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("low", interval.low());
    fields.put("high", interval.high());
    fields.put("confidence", 0.95);
    fields.put("resamples", RESAMPLING.resamples());
    return fields;
  }

  /** By gold label and predicted one. */
  private Map<String, Map<String, List<Integer>>> cells(ShownList list) {
    Map<String, Map<String, List<Integer>>> rows = new LinkedHashMap<>();
    cells
        .chosen()
        .forEach(
            (gold, row) -> {
              Map<String, List<Integer>> places = new LinkedHashMap<>();
              row.forEach((predicted, examples) -> places.put(predicted, list.places(examples)));
              rows.put(gold, places);
            });
    return rows;
  }
}
