// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.runs.EvaluatedStep;
import dev.bertctl.runtime.json.JsonFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the training of a trial on a rung ended.
 *
 * @param trial the trial's number
 * @param rung the rung's, counted from 1
 * @param epochs for how long it was to be trained
 * @param state whether it was finished
 * @param evaluation its best evaluation; empty unless it was finished
 * @param problem what went wrong; empty if it was finished
 * @param seconds how long it took; of a training that was resumed the last part
 */
public record TrialOutcome(
    int trial,
    int rung,
    int epochs,
    State state,
    Optional<EvaluatedStep> evaluation,
    Optional<String> problem,
    double seconds) {

  private static final String PROBLEM = "problem";

  /** How it may end, but for what ends the whole search. */
  public enum State {
    /** All epochs, or stopped early because it no longer got better. */
    FINISHED,
    /** The loss or what the model gives is no number, or the loss grew beyond all bounds. */
    DIVERGED,
    /** Not even a batch of one sequence fits into the memory. */
    OUT_OF_MEMORY;

    private static State of(String text) {
      return Arrays.stream(values())
          .filter(state -> state.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("'%s' is no state of a training".formatted(text)));
    }

    /** As it is written. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Where its results are, relative to the search's folder. */
  public String folder() {
    return folder(trial, rung);
  }

  static String folder(int trial, int rung) {
    return "trial-%d/rung-%d".formatted(trial, rung);
  }

  /** As trials.jsonl and search.json have it. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("trial", trial);
    fields.put("rung", rung);
    fields.put("epochs", epochs);
    fields.put("state", state.toString());
    evaluation.ifPresent(
        step -> {
          Map<String, Object> scores = new LinkedHashMap<>(step.fields());
          // They fill pages, and are in the run's folder.
          scores.keySet().removeAll(Set.of("details", "baseline"));
          fields.put("evaluation", scores);
        });
    problem.ifPresent(text -> fields.put(PROBLEM, text));
    fields.put("seconds", Math.round(seconds * 10) / 10.0);
    fields.put("folder", folder());
    return fields;
  }

  /**
   * Reads what {@link #fields} gave.
   *
   * @throws IllegalArgumentException if the state is none
   * @throws dev.bertctl.runtime.files.FileException if it did not give it
   */
  static TrialOutcome read(JsonFields fields) {
    State state = State.of(fields.text("state"));
    return new TrialOutcome(
        fields.integer("trial"),
        fields.integer("rung"),
        fields.integer("epochs"),
        state,
        fields.objectIfThere("evaluation").map(EvaluatedStep::read),
        fields.has(PROBLEM) ? Optional.of(fields.text(PROBLEM)) : Optional.empty(),
        fields.number("seconds"));
  }
}
