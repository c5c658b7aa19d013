// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.Judge;
import dev.bertctl.core.search.SuccessiveHalving.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a search has found, also while it is under way.
 *
 * @param task the task's name
 * @param judge what trials are compared by
 * @param rungs how many trials are trained how long
 * @param trials what is tried
 * @param outcomes the trainings that have ended, in their order
 */
public record SearchResult(
    String task, Judge judge, List<Rung> rungs, List<Trial> trials, List<TrialOutcome> outcomes) {

  /** Copies the lists. */
  public SearchResult {
    rungs = List.copyOf(rungs);
    trials = List.copyOf(trials);
    outcomes = List.copyOf(outcomes);
  }

  /** With more trainings that have ended. */
  SearchResult with(List<TrialOutcome> later) {
    List<TrialOutcome> more = new ArrayList<>(outcomes);
    more.addAll(later);
    return new SearchResult(task, judge, rungs, trials, more);
  }

  /** How a trial ended on a rung, if it has. */
  Optional<TrialOutcome> outcome(Trial trial, int rung) {
    return of(trial).filter(outcome -> outcome.rung() == rung).findFirst();
  }

  /**
   * The trials that are trained on a rung: on the first one all of them, on others those that were
   * the best on the one before.
   *
   * @param rung counted from 1
   */
  List<Trial> on(int rung) {
    if (rung == 1) {
      return trials;
    }
    return outcomes.stream()
        .filter(outcome -> outcome.rung() == rung - 1 && outcome.evaluation().isPresent())
        .sorted(bestFirst())
        .limit(rungs.get(rung - 1).trials())
        .map(this::trial)
        .toList();
  }

  /** Whose outcome it is. */
  public Trial trial(TrialOutcome outcome) {
    return trials.get(outcome.trial() - 1);
  }

  /**
   * The longest training that each trial has finished, or how it failed if it has finished none;
   * the best one first. Who was trained longer is the better one: the others were left behind.
   */
  public List<TrialOutcome> ranked() {
    return trials.stream()
        .flatMap(trial -> of(trial).min(bestFirst()).stream())
        .sorted(bestFirst())
        .toList();
  }

  /** What became of a trial in the end. */
  public Optional<TrialOutcome> last(Trial trial) {
    return of(trial).reduce((earlier, later) -> later);
  }

  private Stream<TrialOutcome> of(Trial trial) {
    return outcomes.stream().filter(outcome -> outcome.trial() == trial.number());
  }

  private Comparator<TrialOutcome> bestFirst() {
    Comparator<EvaluationResult> byValue = judge::compare;
    return Comparator.comparing((TrialOutcome outcome) -> outcome.evaluation().isEmpty())
        .thenComparing(TrialOutcome::rung, Comparator.reverseOrder())
        .thenComparing(
            (one, other) ->
                one.evaluation().isEmpty()
                    ? 0
                    : byValue.compare(
                        one.evaluation().get().result(), other.evaluation().get().result()))
        .thenComparing(TrialOutcome::trial);
  }

  /** The best training of all; empty if none was finished. */
  public Optional<TrialOutcome> best() {
    return ranked().stream().findFirst().filter(outcome -> outcome.evaluation().isPresent());
  }

  /** As search.json has it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task);
    fields.put("metric", judge.name());
    fields.put("higher_is_better", judge.higherIsBetter());
    fields.put("rungs", rungs.stream().map(Rung::fields).toList());
    fields.put("best", best().map(best -> fields(best, trial(best))).orElse(null));
    fields.put("trials", trials.stream().map(this::fields).toList());
    return fields;
  }

  private Map<String, Object> fields(Trial trial) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("trial", trial.number());
    fields.put("settings", trial.values());
    fields.put("trainings", of(trial).map(TrialOutcome::fields).toList());
    return fields;
  }

  /** A training with what was drawn for it. */
  static Map<String, Object> fields(TrialOutcome outcome, Trial trial) {
    Map<String, Object> fields = new LinkedHashMap<>(outcome.fields());
    fields.put("settings", trial.values());
    return fields;
  }

  /** As trials.jsonl has it. */
  List<Map<String, Object>> lines() {
    return outcomes.stream().map(outcome -> fields(outcome, trial(outcome))).toList();
  }
}
