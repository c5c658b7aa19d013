// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.predict.DescribedTask;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.spi.decode.Prediction;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How executors open a model.
 *
 * @param task the task that is applied; empty for that of the model
 * @param taskSettings KEY=VALUE, of a task that is applied
 * @param device {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N} or {@code gpu:N:P%}
 * @param engine {@code auto}, {@code tensorflow} or {@code onnxruntime}
 * @param quantize {@code none}, {@code int8} or {@code int8-reduced}
 * @param maxBatchTokens most tokens of a batch, padding included
 * @param maxLength longest sequence in tokens; 0 for that of the training
 */
record Settings(
    String task,
    List<String> taskSettings,
    String device,
    String engine,
    String quantize,
    int maxBatchTokens,
    int maxLength)
    implements Serializable {

  /**
   * Opens a model; close it.
   *
   * @param folder the model's
   */
  Predictor<Prediction> open(Path folder) {
    return task.isEmpty()
        ? Predictor.open(folder, Prediction.class, options())
        : Predictor.apply(pretrained(folder), task, values(), Prediction.class, options());
  }

  /** What is known of the task without the model's weights. */
  DescribedTask described(Path folder) {
    return task.isEmpty()
        ? DescribedTask.of(folder, options())
        : DescribedTask.of(pretrained(folder), task, values(), options());
  }

  private static PretrainedModel pretrained(Path folder) {
    return ModelLoader.load(folder.toString(), folder);
  }

  private Map<String, String> values() {
    return KeyValue.map(taskSettings, "'%s' is no setting of a task; write KEY=VALUE");
  }

  private PredictorOptions options() {
    PredictorOptions options =
        PredictorOptions.DEFAULT
            .withDevice(Device.of(device))
            .withEngine(Engine.of(engine))
            .withQuantize(Quantize.of(quantize))
            .withMaxBatchTokens(maxBatchTokens);
    return maxLength == 0 ? options : options.withMaxLength(maxLength);
  }
}
