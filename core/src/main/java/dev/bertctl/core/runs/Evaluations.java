// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.metric.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run was evaluated to on its way, and which evaluation is the best. */
final class Evaluations {

  private static final String LOSS = "loss";

  private final Metric<?, ?> metric;
  private final String judge;
  private final List<EvaluatedStep> steps = new ArrayList<>();
  private int best = -1;

  /**
   * @param metric the task's
   * @param judge the value that evaluations are compared by
   */
  Evaluations(Metric<?, ?> metric, String judge) {
    this.metric = metric;
    this.judge = judge;
  }

  /**
   * Of a run.
   *
   * @throws dev.bertctl.core.config.ConfigException if they are to be compared by a value that the
   *     task does not have
   */
  static Evaluations of(TaskConfig<?> config, Task<?, ?> task) {
    Metric<?, ?> metric = task.scoring().orElseThrow().metric();
    Optional<String> judge = config.settings().train().bestMetric();
    judge
        .filter(name -> !name.equals(LOSS) && !name.equals(metric.primary()))
        .ifPresent(name -> require(name, metric, config));
    return new Evaluations(metric, judge.orElse(metric.primary()));
  }

  private static void require(String name, Metric<?, ?> metric, TaskConfig<?> config) {
    Set<String> names = new LinkedHashSet<>(metric.scorer().scores().values().keySet());
    names.add(LOSS);
    if (!names.contains(name)) {
      throw config.wrong(
          "train.best-metric",
          "the task has no metric '%s'; it has: %s".formatted(name, String.join(", ", names)));
    }
  }

  /** The value that evaluations are compared by. */
  String judge() {
    return judge;
  }

  /**
   * Takes an evaluation.
   *
   * @return whether it is the best so far
   */
  boolean add(EvaluatedStep step) {
    steps.add(step);
    boolean isBest = best < 0 || isBetter(step.result(), steps.get(best).result());
    best = isBest ? steps.size() - 1 : best;
    return isBest;
  }

  private boolean isBetter(EvaluationResult now, EvaluationResult before) {
    // On a small set of easy data a model may be right throughout and still learn to be sure.
    return merit(now) == merit(before) ? now.loss() < before.loss() : merit(now) > merit(before);
  }

  /** The higher the better. A score may be no number, as a correlation with constants is. */
  private double merit(EvaluationResult result) {
    double score = judge.equals(LOSS) ? result.loss() : result.metrics().get(judge);
    if (Double.isNaN(score)) {
      return Double.NEGATIVE_INFINITY;
    }
    return isHigherBetter() ? score : -score;
  }

  private boolean isHigherBetter() {
    return !judge.equals(LOSS) && metric.higherIsBetter(judge);
  }

  /** Takes what the best model was evaluated to when its probabilities were calibrated. */
  void calibrated(EvaluationResult result) {
    EvaluatedStep before = steps.get(best);
    steps.set(best, new EvaluatedStep(before.step(), before.epochs(), result));
  }

  /** The best one, if there is any. */
  Optional<EvaluatedStep> best() {
    return best < 0 ? Optional.empty() : Optional.of(steps.get(best));
  }

  /**
   * How many evaluations there were since the value by which they are compared was last better than
   * ever before.
   *
   * @param leastChange by how much it must be better to count
   */
  int sinceImprovement(double leastChange) {
    double reached = Double.NEGATIVE_INFINITY;
    int since = 0;
    for (EvaluatedStep step : steps) {
      double merit = merit(step.result());
      boolean improved = merit > reached + leastChange || reached == Double.NEGATIVE_INFINITY;
      since = improved ? 0 : since + 1;
      reached = improved ? merit : reached;
    }
    return since;
  }

  /** All of them, in their order. */
  List<EvaluatedStep> all() {
    return Collections.unmodifiableList(steps);
  }

  /** As plain values for a checkpoint. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("best", best);
    fields.put("evaluations", steps.stream().map(EvaluatedStep::fields).toList());
    return fields;
  }

  /** Takes over what {@link #fields()} gave for what an interrupted run has done. */
  void restore(JsonNode fields) {
    steps.clear();
    best = fields.path("best").asInt();
    fields.path("evaluations").forEach(step -> steps.add(EvaluatedStep.read(step)));
  }
}
