// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Skips;
import dev.bertctl.core.data.Split;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges predictions made by anyone with a task's own metric. No model is needed. */
public final class Scoring {

  private final TaskConfig<?> config;
  private final RunListener listener;

  /**
   * @param config the task's configuration
   * @param listener is told what was left out
   */
  public Scoring(TaskConfig<?> config, RunListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /** Scores. */
  public Report run(DataFile gold, DataFile predictions) {
    return run(config.createTask(), gold, predictions);
  }

  private <X extends Example, P extends Prediction> Report run(
      Task<X, P> task, DataFile gold, DataFile predictions) {
    Task.Scoring<X, P> scoring =
        task.scoring()
            .orElseThrow(
                () ->
                    new UserException(
                        "task '%s' has no metric to judge predictions by"
                            .formatted(config.plugin().name())));
    Skips leftOut = new Skips();
    List<X> examples =
        new Split<>("gold", gold, task.reader(), Purpose.EVALUATION, Selection.ALL)
            .readAll(leftOut);
    leftOut.list().forEach(skip -> listener.notice("left out: " + skip));
    Skips skips = new Skips();
    List<P> predicted = scoring.predictions().read(predictions, examples, skips);
    skips.list().forEach(skip -> listener.notice("predictions: " + skip));
    Metric.Scorer<X, P> scorer = scoring.metric().scorer();
    for (int i = 0; i < examples.size(); i++) {
      scorer.add(examples.get(i), predicted.get(i));
    }
    return new Report(
        config.plugin().name(), examples.size(), scoring.metric().primary(), scorer.scores());
  }

  /**
   * What was found.
   *
   * @param task the task's name
   * @param examples how many examples there were
   * @param primary the metric's most important value
   * @param scores the values
   */
  public record Report(String task, long examples, String primary, Scores scores) {

    /** As plain values. */
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("task", task);
      fields.put("examples", examples);
      fields.put("primary", primary);
      fields.put("metrics", scores.values());
      fields.put("details", DetailFields.of(scores.details()));
      return fields;
    }
  }
}
