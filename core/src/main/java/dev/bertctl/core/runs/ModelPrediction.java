// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.TaskSetup.PreparedSplit;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Predicts with a saved model.
 *
 * @param saved the model
 * @param config its configuration
 * @param store where models come from
 * @param taskFiles folder for predictions in the task's own forms, if they are wanted
 * @param listener hears of the progress
 */
public record ModelPrediction(
    FineTunedModel saved,
    TaskConfig<?> config,
    ModelStore store,
    Optional<Path> taskFiles,
    RunListener listener) {

  /**
   * Predicts.
   *
   * @param input the examples, without gold labels or with ones that are passed through
   * @param output takes the input's columns with the prediction, in the input's order
   */
  public void run(DataFile input, Consumer<Map<String, Object>> output) {
    run(config.createTask(), input, output);
  }

  private <X extends Example, P extends Prediction> void run(
      Task<X, P> task, DataFile input, Consumer<Map<String, Object>> output) {
    taskFiles.ifPresent(FileTree::create);
    try (LoadedTask<X, P> loaded = LoadedTask.open(saved, config, task, store)) {
      Split<X> split =
          Splits.read("input", input, task.reader(), Purpose.PREDICTION, Selection.ALL);
      PreparedSplit<X> prepared = loaded.setup().prepare(split, Purpose.PREDICTION);
      listener.info("device      " + loaded.device());
      listener.info("truncation  " + prepared.packed().truncation());
      List<P> predictions =
          listener.during(
              "predicting",
              prepared.packed().features().size(),
              progress -> loaded.evaluator().predict(prepared.packed(), progress));
      taskFiles.ifPresent(folder -> TaskFiles.write(folder, task, split.examples(), predictions));
      for (int i = 0; i < predictions.size(); i++) {
        output.accept(PredictionFile.fields(split.examples().get(i), predictions.get(i)));
      }
    }
  }
}
