// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.OpenedModel;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.weights.ExportEncoder;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.util.Optional;

/**
 * A model, loaded with a task whose head it has, for evaluation and prediction.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class LoadedTask<X extends Example, P extends Prediction> implements AutoCloseable {

  private final TaskSetup<X, P> setup;
  private final OpenedModel model;
  private final Opening opening;
  private final Temperature temperature;

  /**
   * Loads a model.
   *
   * @param pretrained the model's files
   * @param temperature what the model is calibrated with
   * @throws UserException naming the weights of the task's head that it lacks
   */
  LoadedTask(
      TaskConfig<?> config, Task<X, P> task, PretrainedModel pretrained, Temperature temperature) {
    this.temperature = temperature;
    ComputeDevice device = ComputeDevice.of(config.settings().device());
    this.setup = new TaskSetup<>(config, task, pretrained);
    try {
      this.model = opened(device);
    } catch (RuntimeException e) {
      setup.close();
      throw e;
    }
    try {
      requireWhole(model.weights(), config, pretrained);
      this.opening =
          Opening.of(
              config.plugin(),
              device,
              pretrained.reference(),
              model.model().config(),
              model.parameters(),
              model.weights(),
              Optional.of(model.choice()),
              Optional.empty());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What to say of its tokenizer, if anything: see {@link TaskSetup#fewWords}. */
  Optional<String> fewWords() {
    return setup.fewWords();
  }

  /** To begin with the encoder alone, as in training, is no remedy here. */
  private OpenedModel opened(ComputeDevice device) {
    try {
      return setup.opened(device);
    } catch (UserException e) {
      throw e.remedy().filter(ExportEncoder.class::isInstance).isPresent()
          ? new UserException(
              e.getMessage() + "; apply a task that the model was trained on, or another model", e)
          : e;
    }
  }

  private static void requireWhole(
      WeightAccount weights, TaskConfig<?> config, PretrainedModel pretrained) {
    if (!weights.initialized().isEmpty()) {
      throw new UserException(
          "model %s cannot be applied to task '%s': it lacks the weights %s of the task's head; fine-tune it on the task, or use a model that has them"
              .formatted(
                  pretrained.reference(),
                  config.plugin().name(),
                  String.join(", ", weights.initialized())));
    }
  }

  TaskSetup<X, P> setup() {
    return setup;
  }

  /** What was loaded. */
  Opening opening() {
    return opening;
  }

  Evaluator<X, P> evaluator() {
    return setup.evaluator(setup.task(), model.model(), temperature);
  }

  @Override
  public void close() {
    model.model().close();
    setup.close();
  }
}
