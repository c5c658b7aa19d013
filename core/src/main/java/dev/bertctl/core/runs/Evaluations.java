// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.json.JsonFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run was evaluated to on its way, and which evaluation is the best. */
final class Evaluations {

  private final Judge judge;
  private final List<EvaluatedStep> steps = new ArrayList<>();
  private int best = -1;

  /**
   * @param judge what evaluations are compared by
   */
  Evaluations(Judge judge) {
    this.judge = judge;
  }

  /** What evaluations are compared by. */
  Judge judge() {
    return judge;
  }

  /** Forgets all of them. */
  void clear() {
    steps.clear();
    best = -1;
  }

  /**
   * Takes an evaluation.
   *
   * @return whether it is the best so far
   */
  boolean add(EvaluatedStep step) {
    steps.add(step);
    boolean isBest = best < 0 || judge.compare(step.result(), steps.get(best).result()) < 0;
    best = isBest ? steps.size() - 1 : best;
    return isBest;
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
      double merit = judge.merit(step.result());
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
  void restore(JsonFields fields) {
    steps.clear();
    fields.objects("evaluations").forEach(step -> steps.add(EvaluatedStep.read(step)));
    best = fields.integer("best");
    if (best < -1 || best >= steps.size()) {
      throw fields.wrong("best", "the place of an evaluation, or -1");
    }
  }
}
