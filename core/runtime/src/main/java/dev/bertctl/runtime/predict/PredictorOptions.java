// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.Device;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How a model is opened: {@code PredictorOptions.DEFAULT.withDevice(Device.of("cpu"))}.
 *
 * @param device where to compute
 * @param engine what computes: on a CPU ONNX Runtime is the faster one
 * @param quantize what the weights are rounded to
 * @param maxBatchTokens most tokens of a batch, padding included: what memory and latency are
 *     bounded by
 * @param maxLength longest sequence in tokens, special tokens included; that which the model was
 *     trained with if empty
 * @param tasks where the model's task is looked for; on the class path if empty
 * @param notice is told what is no error, such as that the plugin is of another version than the
 *     model
 */
public record PredictorOptions(
    Device device,
    Engine engine,
    Quantize quantize,
    int maxBatchTokens,
    OptionalInt maxLength,
    Optional<TaskRegistry> tasks,
    Consumer<String> notice) {

  /** As many tokens as text-embeddings-inference takes. */
  private static final int TOKENS = 16_384;

  /** The device that is there, batches of 16,384 tokens, the class path's tasks. */
  public static final PredictorOptions DEFAULT =
      new PredictorOptions(
          Device.of("auto"),
          Engine.AUTO,
          Quantize.NONE,
          TOKENS,
          OptionalInt.empty(),
          Optional.empty(),
          notice -> {});

  /**
   * Checks the number of tokens.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public PredictorOptions {
    if (maxBatchTokens < 1) {
      throw new IllegalArgumentException(
          "maxBatchTokens is %d; give at least 1".formatted(maxBatchTokens));
    }
  }

  /** These options with another device. */
  public PredictorOptions withDevice(Device another) {
    return new PredictorOptions(
        another, engine, quantize, maxBatchTokens, maxLength, tasks, notice);
  }

  /** These options with another engine. */
  public PredictorOptions withEngine(Engine another) {
    return new PredictorOptions(
        device, another, quantize, maxBatchTokens, maxLength, tasks, notice);
  }

  /** These options with weights that are rounded. */
  public PredictorOptions withQuantize(Quantize another) {
    return new PredictorOptions(device, engine, another, maxBatchTokens, maxLength, tasks, notice);
  }

  /** These options with another limit of a batch. */
  public PredictorOptions withMaxBatchTokens(int most) {
    return new PredictorOptions(device, engine, quantize, most, maxLength, tasks, notice);
  }

  /** These options with another longest sequence. */
  public PredictorOptions withMaxLength(int tokens) {
    return new PredictorOptions(
        device, engine, quantize, maxBatchTokens, OptionalInt.of(tokens), tasks, notice);
  }

  /** These options with tasks that are not on the class path. */
  public PredictorOptions withTasks(TaskRegistry registry) {
    return new PredictorOptions(
        device, engine, quantize, maxBatchTokens, maxLength, Optional.of(registry), notice);
  }

  /** These options with somebody who is told what is no error. */
  public PredictorOptions withNotice(Consumer<String> listener) {
    return new PredictorOptions(
        device, engine, quantize, maxBatchTokens, maxLength, tasks, listener);
  }
}
