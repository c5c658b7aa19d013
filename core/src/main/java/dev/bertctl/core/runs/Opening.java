// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.engine.EngineChoice;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.memory.MemoryEstimate;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.TaskPlugin;
import java.util.Collection;
import java.util.Optional;

/**
 * What a job begins with.
 *
 * @param task the task's name
 * @param summary what the task does
 * @param device where it computes
 * @param model how the user named the model
 * @param architecture the model's
 * @param encoderParameters numbers that are trained in the encoder
 * @param headParameters numbers that are trained in pooler and head
 * @param weights what became of each weight
 * @param engine what computes, and why; empty where it is trained, which is TensorFlow's
 * @param training how it is trained; empty where it is not
 */
public record Opening(
    String task,
    String summary,
    ComputeDevice device,
    String model,
    BertConfig architecture,
    long encoderParameters,
    long headParameters,
    WeightAccount weights,
    Optional<EngineChoice> engine,
    Optional<Training> training) {

  static Opening of(
      TaskPlugin<?> plugin,
      ComputeDevice device,
      String reference,
      BertConfig architecture,
      Collection<ParameterSpec> parameters,
      WeightAccount weights,
      Optional<EngineChoice> engine,
      Optional<Training> training) {
    long encoder = 0;
    long head = 0;
    for (ParameterSpec parameter : parameters) {
      if (BertParameters.isOfEncoder(parameter.name())) {
        encoder += parameter.size();
      } else {
        head += parameter.size();
      }
    }
    return new Opening(
        plugin.name(),
        plugin.summary(),
        device,
        reference,
        architecture,
        encoder,
        head,
        weights,
        engine,
        training);
  }

  /**
   * How it is trained.
   *
   * @param settings of the training loop
   * @param spec of the training graph
   * @param steps of the whole run
   * @param memory that it takes, by estimate
   */
  public record Training(
      TrainingSettings settings, TrainingSpec spec, long steps, MemoryEstimate memory) {}
}
