// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param task the task's name
 * @param model how the user named the pretrained model
 * @param primary the value by which evaluations were compared
 * @param bestStep steps after which the model was saved: the best evaluation's, or without
 *     validation data the last
 * @param bestEpoch epochs done then, such as 1.5
 * @param evaluations on the validation split, in their order; none without validation data
 * @param test what the saved model was evaluated to on the test split
 * @param taskFiles names of the files that the task wrote in forms of its own
 */
public record RunResult(
    String task,
    String model,
    String primary,
    long bestStep,
    double bestEpoch,
    List<EvaluatedStep> evaluations,
    Optional<EvaluationResult> test,
    List<String> taskFiles) {

  /** The key in metrics.json for files that only this task has. */
  static final String TASK_FILES = "task_files";

  /** Copies the lists. */
  public RunResult {
    evaluations = List.copyOf(evaluations);
    taskFiles = List.copyOf(taskFiles);
  }

  /** What the saved model was evaluated to on the validation split, if there is one. */
  public Optional<EvaluationResult> best() {
    return bestEvaluation().map(EvaluatedStep::result);
  }

  /** The evaluation of the saved model on the validation split, if there is one. */
  public Optional<EvaluatedStep> bestEvaluation() {
    return evaluations.stream().filter(evaluated -> evaluated.step() == bestStep).findFirst();
  }

  /** As metrics.json has it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task);
    fields.put("model", model);
    best()
        .ifPresent(
            evaluation -> {
              fields.put("split", "validation");
              fields.put("primary", primary);
              fields.putAll(evaluation.fields());
              fields.put(TASK_FILES, taskFiles);
            });
    fields.put("best_step", bestStep);
    fields.put("best_epoch", EvaluatedStep.number(bestEpoch));
    fields.put("evaluations", evaluations.stream().map(EvaluatedStep::fields).toList());
    test.ifPresent(evaluation -> fields.put("test", evaluation.fields()));
    return fields;
  }

  /** Reads what {@link #fields} gave. */
  static RunResult read(JsonFields fields) {
    return new RunResult(
        fields.text("task"),
        fields.text("model"),
        fields.has("primary") ? fields.text("primary") : "",
        fields.count("best_step"),
        fields.number("best_epoch"),
        fields.objects("evaluations").stream().map(EvaluatedStep::read).toList(),
        fields.objectIfThere("test").map(EvaluationResult::read),
        fields.has(TASK_FILES) ? fields.texts(TASK_FILES) : List.of());
  }
}
