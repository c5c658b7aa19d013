// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Skips;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges predictions made by anyone with a task's own metric. No model is needed.
 *
 * @param config the task's configuration
 * @param listener hears what was left out
 */
public record Scoring(TaskConfig<?> config, RunListener listener) {

  /**
   * Scores.
   *
   * @return task, examples, metrics and details
   */
  public Map<String, Object> run(DataFile gold, DataFile predictions) {
    return run(config.createTask(), gold, predictions);
  }

  private <X extends Example, P extends Prediction> Map<String, Object> run(
      Task<X, P> task, DataFile gold, DataFile predictions) {
    Split<X> split = Splits.read("gold", gold, task.reader(), Purpose.EVALUATION, Selection.ALL);
    split.skipped().forEach(skip -> listener.info("left out: " + skip));
    Skips skips = new Skips();
    List<P> predicted = task.predictions().read(predictions, split.examples(), skips);
    skips.list().forEach(skip -> listener.info("predictions: " + skip));
    Scores scores = Evaluator.score(task.metric(), split.examples(), predicted);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", config.plugin().name());
    result.put("examples", split.examples().size());
    result.put("primary", task.metric().primary());
    result.put("metrics", scores.values());
    result.put("details", scores.details());
    return result;
  }
}
