// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run found.
 *
 * @param task the task's name
 * @param model how the user named the pretrained model
 * @param primary the metric's value by which epochs were compared
 * @param bestEpoch the epoch that was saved: the best, or without validation data the last
 * @param epochs what each epoch was evaluated to; empty without validation data
 * @param test what the saved epoch was evaluated to on the test split
 * @param taskFiles names of the files that the task wrote in forms of its own
 */
public record RunResult(
    String task,
    String model,
    String primary,
    int bestEpoch,
    SortedMap<Integer, Optional<EvaluationResult>> epochs,
    Optional<EvaluationResult> test,
    List<String> taskFiles) {

  /** The key in metrics.json for files that only this task has. */
  static final String TASK_FILES = "task_files";

  /** Copies map and list. */
  public RunResult {
    epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    taskFiles = List.copyOf(taskFiles);
  }

  /** What the saved epoch was evaluated to on the validation split, if there is one. */
  public Optional<EvaluationResult> best() {
    return epochs.getOrDefault(bestEpoch, Optional.empty());
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
    fields.put("best_epoch", bestEpoch);
    fields.put("epochs", EpochResults.fields(epochs));
    test.ifPresent(evaluation -> fields.put("test", evaluation.fields()));
    return fields;
  }

  /** Reads what {@link #fields} gave. */
  static RunResult read(JsonNode fields) {
    return new RunResult(
        fields.path("task").asText(),
        fields.path("model").asText(),
        fields.path("primary").asText(),
        fields.path("best_epoch").asInt(),
        EpochResults.read(fields.path("epochs")),
        Optional.of(fields.path("test"))
            .filter(test -> !test.isMissingNode())
            .map(EvaluationResult::read),
        fields.path(TASK_FILES).valueStream().map(JsonNode::asText).toList());
  }
}
