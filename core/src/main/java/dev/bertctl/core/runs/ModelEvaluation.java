// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.TaskSetup.PreparedSplit;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates a saved model on the data of the {@code test} split.
 *
 * @param saved the model
 * @param config its configuration, with the data to evaluate on as {@code data.test}
 * @param store where models come from
 * @param predictions where predictions are written, if at all
 * @param taskFiles folder for predictions in the task's own forms, if they are wanted
 * @param listener hears of the progress
 */
public record ModelEvaluation(
    FineTunedModel saved,
    TaskConfig<?> config,
    ModelStore store,
    Optional<Path> predictions,
    Optional<Path> taskFiles,
    RunListener listener) {

  /**
   * Evaluates.
   *
   * @return task, examples, loss, metrics and details
   */
  public Map<String, Object> run() {
    return run(config.createTask());
  }

  private <X extends Example, P extends Prediction> Map<String, Object> run(Task<X, P> task) {
    predictions.ifPresent(WholeFile::requireWritable);
    taskFiles.ifPresent(FileTree::create);
    try (LoadedTask<X, P> loaded = LoadedTask.open(saved, config, task, store)) {
      PreparedSplit<X> split = loaded.setup().prepare(SplitName.TEST, Purpose.EVALUATION);
      // What the training data needed, this file may not.
      loaded.setup().splits().requireColumnsUsed(saved.mappedColumns());
      listener.info("device      " + loaded.device());
      listener.info("model       " + saved.folder());
      SplitReport.lines(split.split(), split.packed(), task.head().labels())
          .forEach(listener::info);
      Evaluation<P> evaluation =
          listener.during(
              "evaluating",
              split.packed().features().size(),
              progress -> loaded.evaluator().evaluate(split.packed(), progress));
      predictions.ifPresent(
          file -> PredictionFile.write(file, split.split().examples(), evaluation.predictions()));
      taskFiles.ifPresent(
          folder ->
              TaskFiles.write(folder, task, split.split().examples(), evaluation.predictions()));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("task", saved.task());
      result.put("model", saved.folder().toString());
      result.put("data", split.split().file().toString());
      result.put("examples", split.split().examples().size());
      result.put("primary", task.metric().primary());
      result.putAll(EvaluationReport.fields(evaluation));
      return result;
    }
  }
}
