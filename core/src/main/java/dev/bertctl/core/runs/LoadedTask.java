// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved model, loaded for evaluation and prediction.
 *
 * @param setup the task with the model's tokenizer
 * @param model the model in TensorFlow's memory
 * @param device where it computes
 * @param <X> an example
 * @param <P> a prediction
 */
record LoadedTask<X extends Example, P extends Prediction>(
    TaskSetup<X, P> setup, BertModel model, ComputeDevice device) implements AutoCloseable {

  /**
   * Loads a saved model.
   *
   * @throws dev.bertctl.runtime.UserException if it is not whole, or its labels are not the task's
   */
  static <X extends Example, P extends Prediction> LoadedTask<X, P> open(
      FineTunedModel saved, TaskConfig<?> config, Task<X, P> task, ModelStore store) {
    saved.requireLabels(task.head(), "fine-tune a model with yours");
    PretrainedModel files = store.open(saved.folder().toAbsolutePath().toString(), Path.of(""));
    ComputeDevice device = ComputeDevice.of(config.settings().device());
    TaskSetup<X, P> setup = TaskSetup.open(config, task, files);
    try {
      return new LoadedTask<>(setup, model(saved, task, files, device), device);
    } catch (RuntimeException e) {
      setup.close();
      throw e;
    }
  }

  private static BertModel model(
      FineTunedModel saved, Task<?, ?> task, PretrainedModel files, ComputeDevice device) {
    BertModel model =
        BertModel.create(
            saved.task(), files.config(), task.head(), BertModel.Mode.INFERENCE, device);
    try {
      List<String> missing = ModelWeights.load(model, files, 0).initialized();
      if (!missing.isEmpty()) {
        throw new UserException(
            "%s: the saved model lacks the weights %s; fine-tune it again"
                .formatted(saved.folder(), String.join(", ", missing)));
      }
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  Evaluator<X, P> evaluator() {
    return setup.evaluator(setup.task(), model);
  }

  @Override
  public void close() {
    model.close();
    setup.close();
  }
}
